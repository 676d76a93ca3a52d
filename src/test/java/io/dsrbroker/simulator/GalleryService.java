package io.dsrbroker.simulator;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The Gallery catalog, rows 1 to 3: a bad token changes what is listed, never the status. */
final class GalleryService {

    static final String TOKEN_HEADER = "DataLabAccessToken";

    private static final Pattern FILTER = Pattern.compile("\\s*author/id\\s+eq\\s+'([^']*)'\\s*");

    private final Estate estate;
    private final SimulatorSettings settings;
    private final Pager pager;

    GalleryService(Estate estate, SimulatorSettings settings, Pager pager) {
        this.estate = estate;
        this.settings = settings;
        this.pager = pager;
    }

    List<Route> routes() {
        return List.of(
                Route.anonymous(1, "GET", "/users/{author}", this::user),
                Route.anonymous(2, "GET", "/entities", this::entities));
    }

    private Reply user(Call call) {
        var author = estate.author(call.variable("author"));
        return author == null
                ? Errors.gallery(404, "The requested resource was not found.")
                : Reply.ok(author.document());
    }

    private Reply entities(Call call) {
        var filter = FILTER.matcher(call.parameter("$filter"));
        if (!filter.matches()) {
            return Errors.gallery(400, "The query specified in the URI is not valid.");
        }
        var author = estate.author(filter.group(1));
        if (author == null) {
            return pager.page(call, ListFamily.GALLERY_ENTITIES, Bin.exact(), Function.identity());
        }
        boolean everything = settings.acceptsDataLabToken(call.header(TOKEN_HEADER));
        return pager.page(
                call, ListFamily.GALLERY_ENTITIES, everything ? author.all() : author.visible(), Function.identity());
    }
}
