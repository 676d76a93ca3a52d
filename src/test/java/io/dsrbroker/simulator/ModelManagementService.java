package io.dsrbroker.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Model management, rows 5 to 12 and 18 to 25. */
final class ModelManagementService {

    private static final String VERSION = "2017-09-01-preview";
    private static final String ACCOUNT =
            "/{location}/api/subscriptions/{subscription}/resourceGroups/{group}/accounts/{account}";

    private final Estate estate;
    private final SimulatorSettings settings;
    private final Pager pager;
    private final Operations operations;

    ModelManagementService(Estate estate, SimulatorSettings settings, Pager pager, Operations operations) {
        this.estate = estate;
        this.settings = settings;
        this.pager = pager;
        this.operations = operations;
    }

    List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.addAll(family("models", ListFamily.MODELS, 5, 19, 6, ModelStore::models));
        routes.addAll(family("manifests", ListFamily.MANIFESTS, 7, 21, 8, ModelStore::manifests));
        routes.addAll(family("services", ListFamily.SERVICES, 9, 23, 10, ModelStore::services));
        routes.addAll(family("images", ListFamily.IMAGES, 11, 25, 12, ModelStore::images));
        // The link to an operation is relative to the host, so that it comes without the location here.
        routes.add(Route.bearer(-1, "GET", ACCOUNT + "/operations/{operation}", VERSION, operations::modelsStatus));
        routes.add(Route.bearer(
                -1,
                "GET",
                ACCOUNT.substring("/{location}".length()) + "/operations/{operation}",
                VERSION,
                operations::modelsStatus));
        return routes;
    }

    private List<Route> family(
            String name,
            ListFamily family,
            int listRow,
            int itemRow,
            int deleteRow,
            Function<ModelStore, Bin<ObjectNode>> bin) {
        var list = ACCOUNT + "/" + name;
        var item = list + "/{id}";
        return List.of(
                Route.bearer(
                        listRow,
                        "GET",
                        list,
                        VERSION,
                        call -> inStore(
                                call, store -> pager.page(call, family, bin.apply(store), Function.identity()))),
                Route.bearer(
                        itemRow,
                        "GET",
                        item,
                        VERSION,
                        call -> inStore(call, store -> {
                            var document = bin.apply(store).get(call.variable("id"));
                            return document == null ? notFound(call) : Reply.ok(document);
                        })),
                Route.bearer(
                        deleteRow,
                        "DELETE",
                        item,
                        VERSION,
                        call -> inStore(call, store -> delete(call, deleteRow, store, bin.apply(store)))));
    }

    private Reply delete(Call call, int row, ModelStore store, Bin<ObjectNode> bin) {
        var id = call.variable("id");
        if (settings.deleteRefusedWhileUsed && row != 10 && isUsed(store, id)) {
            return Errors.models(409, "Conflict", "The resource is used by an active deployment.");
        }
        return operations.models(call, row, bin.get(id) != null, () -> Reply.empty(bin.remove(id) == null ? 204 : 200));
    }

    private static boolean isUsed(ModelStore store, String id) {
        return store.services().values().stream()
                .anyMatch(service -> service.at("/image/id").stringValue("").equals(id)
                        || service.at("/manifest/id").stringValue("").equals(id)
                        || service.at("/models/0/id").stringValue("").equals(id));
    }

    /** The store of the account; any of its name, group or location wrong gives 404. */
    private Reply inStore(Call call, Function<ModelStore, Reply> answer) {
        var group = estate.group(call.variable("subscription"), call.variable("group"));
        var store = group == null ? null : group.modelStores().get(call.variable("account"));
        return store == null || !Ids.squeezed(store.location()).equals(call.variable("location"))
                ? notFound(call)
                : answer.apply(store);
    }

    private static Reply notFound(Call call) {
        return Errors.models(404, "NotFound", "The resource " + call.rawPath() + " was not found.");
    }
}
