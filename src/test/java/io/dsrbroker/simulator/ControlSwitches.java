package io.dsrbroker.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The settings that have a name and a value, for {@code PUT /settings} and {@code GET /state}. */
final class ControlSwitches {

    private final Map<String, Switch> switches = new TreeMap<>();

    ControlSwitches(AzureSimulator azure) {
        var settings = azure.settings();
        flag("keepLog", azure.requestLog()::keeps, azure::keepLog);
        flag("onlyIssuedTokens", () -> settings.onlyIssuedTokens, on -> settings.onlyIssuedTokens = on);
        flag("galleryBareArray", () -> settings.galleryBareArray, on -> settings.galleryBareArray = on);
        flag("artifactUriAsObject", () -> settings.artifactUriAsObject, on -> settings.artifactUriAsObject = on);
        flag("assetVersionsAsList", () -> settings.assetVersionsAsList, on -> settings.assetVersionsAsList = on);
        flag(
                "jobsOfStrangersNotFound",
                () -> settings.jobsOfStrangersNotFound,
                on -> settings.jobsOfStrangersNotFound = on);
        flag(
                "deleteRefusedWhileUsed",
                () -> settings.deleteRefusedWhileUsed,
                on -> settings.deleteRefusedWhileUsed = on);
        duration("cascadeLag", () -> settings.cascadeLag, lag -> settings.cascadeLag = lag);
        duration("parentLag", () -> settings.parentLag, lag -> settings.parentLag = lag);
        duration("sasLifetime", () -> settings.sasLifetime, time -> settings.sasLifetime = time);
        duration("tokenLifetime", () -> settings.tokenLifetime, time -> settings.tokenLifetime = time);
        origin("nextLinkOrigin", () -> settings.nextLinkOrigin, origin -> settings.nextLinkOrigin = origin);
        origin("operationOrigin", () -> settings.operationOrigin, origin -> settings.operationOrigin = origin);
        origin("contentOrigin", () -> settings.contentOrigin, origin -> settings.contentOrigin = origin);
        switches.put("pageSize", new Switch("an integer", () -> pageSizes(settings), (body, name) -> {
            int size = body.integer(name, null);
            return () -> pageSize(settings, size);
        }));
        switches.put("revokedTokens", new Switch("a list", () -> null, (body, name) -> {
            var tokens = body.texts(name, null);
            return () -> {
                settings.revokedTokens.retainAll(tokens);
                settings.revokedTokens.addAll(tokens);
            };
        }));
    }

    /** How a value is read and written; what stands in the state as null is a secret. */
    private record Switch(String type, Supplier<@Nullable JsonNode> read, Writer write) {}

    /** Takes the value from the body; the rest happens when all fields have proved good. */
    @FunctionalInterface
    private interface Writer {
        Runnable write(ControlBody body, String name);
    }

    private static JsonNode pageSizes(SimulatorSettings settings) {
        var sizes = Json.object();
        for (var family : ListFamily.values()) {
            sizes.put(ControlBody.wire(family), settings.pageSize(family));
        }
        return sizes;
    }

    private static void pageSize(SimulatorSettings settings, int size) {
        if (size > 0) {
            settings.pageSize(size);
        } else {
            settings.pageSizes.clear();
        }
    }

    private void flag(String name, Supplier<Boolean> read, Consumer<Boolean> write) {
        switches.put(name, new Switch("true or false", () -> Json.MAPPER.valueToTree(read.get()), (body, field) -> {
            boolean value = body.flag(field, null);
            return () -> write.accept(value);
        }));
    }

    private void duration(String name, Supplier<Duration> read, Consumer<Duration> write) {
        switches.put(name, new Switch("a duration", () -> text(read.get().toString()), (body, field) -> {
            var value = body.duration(field, null);
            return () -> write.accept(value);
        }));
    }

    private void origin(String name, Supplier<@Nullable String> read, Consumer<@Nullable String> write) {
        switches.put(name, new Switch("an origin, empty for none", () -> text(read.get()), (body, field) -> {
            var value = body.text(field, null);
            return () -> write.accept(value.isEmpty() ? null : value);
        }));
    }

    private static JsonNode text(@Nullable String value) {
        return Json.MAPPER.getNodeFactory().stringNode(value == null ? "" : value);
    }

    String described() {
        var all = new TreeMap<String, String>();
        switches.forEach((name, its) -> all.put(name, its.type()));
        return all.toString();
    }

    @Nullable
    JsonNode write(Map<String, String> path, ControlBody body) {
        var changes = new ArrayList<Runnable>();
        switches.forEach((name, its) -> {
            if (body.has(name)) {
                changes.add(its.write().write(body, name));
            }
        });
        body.done();
        changes.forEach(Runnable::run);
        return null;
    }

    ObjectNode state() {
        var state = Json.object();
        switches.forEach((name, its) -> {
            var value = its.read().get();
            if (value != null) {
                state.set(name, value);
            }
        });
        return state;
    }
}
