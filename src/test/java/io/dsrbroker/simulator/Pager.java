package io.dsrbroker.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers a list page by page in the dialect that the settings give it; a token is the position of the last item that was sent. */
final class Pager {

    private static final Pattern TOKEN = Pattern.compile("([ne])([0-9]{1,18})(\\+/=)?");

    private final SimulatorSettings settings;

    Pager(SimulatorSettings settings) {
        this.settings = settings;
    }

    private record From(
            boolean emptyPage, long position, @Nullable String token) {}

    private record Page(List<ObjectNode> items, @Nullable String next) {}

    <T> Reply page(Call call, ListFamily family, Bin<T> items, Function<T, ObjectNode> document) {
        var from = from(call.parameter(family.parameter()));
        if (from == null) {
            return Errors.noRoute(call.upstream(), 400);
        }
        var dialect = settings.dialect(family, call.rawPath());
        if (family == ListFamily.GALLERY_ENTITIES && settings.galleryBareArray) {
            var bare = Json.array();
            items.values().forEach(item -> bare.add(document.apply(item)));
            return Reply.ok(bare);
        }
        return Reply.ok(envelope(call, family, dialect, read(call, family, dialect, from, items, document)));
    }

    private <T> Page read(
            Call call,
            ListFamily family,
            PagingDialect dialect,
            From from,
            Bin<T> items,
            Function<T, ObjectNode> document) {
        int size = pageSize(call, family);
        var page = new ArrayList<ObjectNode>();
        long position = from.position();
        boolean more = from.emptyPage();
        if (!from.emptyPage()) {
            for (Map.Entry<Long, T> item : items.after(position).entrySet()) {
                if (page.size() == size) {
                    more = true;
                    break;
                }
                page.add(document.apply(item.getValue()));
                position = item.getKey();
            }
        }
        if (dialect.tokenRepeats()) {
            return new Page(page, from.token() != null ? from.token() : token(family, 'n', position));
        }
        boolean emptyNext = dialect.emptyMiddlePage() && from.token() == null;
        return new Page(page, more ? token(family, emptyNext ? 'e' : 'n', position) : null);
    }

    private int pageSize(Call call, ListFamily family) {
        int usual = settings.pageSize(family);
        return switch (family) {
            case MODELS, MANIFESTS, IMAGES, SERVICES -> call.number("count", usual);
            default -> family.hasToken() ? call.number("$top", call.number("$count", usual)) : usual;
        };
    }

    private static @Nullable From from(String token) {
        if (token.isEmpty()) {
            return new From(false, 0, null);
        }
        var matcher = TOKEN.matcher(token);
        return matcher.matches()
                ? new From(matcher.group(1).equals("e"), Long.parseLong(matcher.group(2)), token)
                : null;
    }

    /** Tokens of run history have characters that do not survive a query string unless they are encoded. */
    private static String token(ListFamily family, char kind, long position) {
        return "" + kind + position + (family.hasToken() ? "+/=" : "");
    }

    private ObjectNode envelope(Call call, ListFamily family, PagingDialect dialect, Page page) {
        var body = Json.object();
        var value = body.putArray("value");
        page.items().forEach(item -> value.add(dialect.otherKeyCase() ? otherKeys(item) : item));
        boolean token = family.hasToken() && dialect.continuation() != PagingDialect.Continuation.LINK;
        boolean link = !family.hasToken() || dialect.continuation() != PagingDialect.Continuation.TOKEN;
        if (token) {
            put(body, "continuationToken", page.next(), dialect);
        }
        if (link) {
            put(body, "nextLink", page.next() == null ? null : link(call, family, dialect, page.next()), dialect);
        }
        return dialect.otherKeyCase() ? otherKeys(body) : body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value, PagingDialect dialect) {
        if (value != null || dialect.nullAtEnd()) {
            body.put(name, value);
        }
    }

    private String link(Call call, ListFamily family, PagingDialect dialect, String token) {
        var other = settings.nextLinkOrigin;
        var path = dialect.otherPathCase()
                ? call.rawPath().replace("/resourceGroups/", "/resourcegroups/")
                : call.rawPath();
        var link = new StringBuilder(other == null ? call.origin() : other)
                .append(path)
                .append('?');
        for (var pair : Paths.pairs(call.rawQuery())) {
            int equals = pair.indexOf('=');
            var name = Paths.decode(equals < 0 ? pair : pair.substring(0, equals), true);
            if (!name.equalsIgnoreCase(family.parameter())) {
                link.append(pair).append('&');
            }
        }
        return link.append(family.parameter())
                .append('=')
                .append(Paths.encode(token))
                .toString();
    }

    private static ObjectNode otherKeys(ObjectNode node) {
        var other = Json.object();
        node.properties().forEach(property -> {
            var key = property.getKey();
            var changed = key.equals("id") ? "ID" : key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
            other.set(changed, property.getValue());
        });
        return other;
    }
}
