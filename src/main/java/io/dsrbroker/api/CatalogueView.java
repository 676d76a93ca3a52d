package io.dsrbroker.api;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.catalogue.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the broker knows of its upstreams, as far as a reader needs it. */
record CatalogueView(String hash, List<UpstreamView> upstreams, List<TypeView> types) {

    /**
     * A remote service.
     *
     * @param lane the template of the names of its lanes
     */
    record UpstreamView(String name, String baseUrl, String lane, List<String> contentOrigins) {}

    /**
     * A kind of thing that an upstream holds.
     *
     * @param targets the target kinds under which it is looked for, if it is a root
     */
    record TypeView(
            String name,
            String upstream,
            @Nullable String parent,
            List<String> targets,
            boolean container,
            List<CallView> calls) {}

    /**
     * One call.
     *
     * @param use what it is for: list, get, attach, content or delete
     * @param rows the numbers of the source rows that it stands for
     */
    record CallView(String use, String method, String url, List<Integer> rows) {}

    static CatalogueView of(Catalogue catalogue) {
        return new CatalogueView(
                catalogue.hash(),
                catalogue.upstreams().values().stream().map(CatalogueView::view).toList(),
                catalogue.types().values().stream().map(CatalogueView::view).toList());
    }

    private static UpstreamView view(Upstream upstream) {
        return new UpstreamView(
                upstream.name(), upstream.baseUrl(), upstream.lane().toString(), upstream.contentOrigins());
    }

    private static TypeView view(ResourceType type) {
        List<CallView> calls = new ArrayList<>();
        add(calls, "list", type.list());
        add(calls, "get", type.get());
        add(calls, "attach", type.attach());
        add(calls, "content", type.content());
        add(calls, "delete", type.delete());
        return new TypeView(
                type.name(), type.upstream(), type.parent(), type.targets(), type.container(), List.copyOf(calls));
    }

    private static void add(List<CallView> calls, String use, @Nullable Call call) {
        if (call != null) {
            calls.add(new CallView(use, call.method(), call.url(), call.rows()));
        }
    }
}
