package io.dsrbroker.simulator;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Links in the answers that lead where nobody must go; their paths and queries stay. None at first. */
public final class Hostile {

    private static final Set<Bait> IN_HEADERS =
            EnumSet.of(Bait.LOCATION, Bait.AZURE_ASYNC_OPERATION, Bait.OPERATION_LOCATION);

    private final ConcurrentMap<Bait, Trick> baits = new ConcurrentHashMap<>();
    private final List<Redirect> redirects = new CopyOnWriteArrayList<>();
    private volatile int trap;

    Hostile() {}

    /** Which link it is. */
    public enum Bait {
        /** The link to the next page of any list, where the list's dialect has one. */
        NEXT_LINK("nextLink"),
        /** The Location of a slow deletion. */
        LOCATION("Location"),
        /** The status link of a slow deletion in the resource manager. */
        AZURE_ASYNC_OPERATION("Azure-AsyncOperation"),
        /** The status link of a slow deletion in model management. */
        OPERATION_LOCATION("Operation-Location"),
        /** The link to the bytes of an artifact, row 39. */
        CONTENT_URI("contentUri"),
        /** The link to the bytes of an artifact, row 36. */
        ARTIFACT_URI("artifacturi"),
        /** In a hosting account. */
        MODEL_MANAGEMENT_SWAGGER_LOCATION("modelManagementSwaggerLocation"),
        /** In an experimentation account. */
        DISCOVERY_URI("discoveryUri"),
        /** In the documents of the Gallery. */
        SELF("self");

        private final String name;

        Bait(String name) {
            this.name = name;
        }
    }

    /** Where it leads; everything but the metadata address is the trap. */
    public enum Trick {
        /** {@code localhost} instead of the address. */
        OTHER_HOST,
        /** The upstream's own address with the port of the trap. */
        OTHER_PORT,
        /** The address under which clouds tell a machine its credentials; nothing answers there. */
        METADATA_ADDRESS,
        /** The upstream's own origin as user name and password before the trap's. */
        USER_INFO,
        /** The loopback address as an IPv6 address that is mapped from IPv4. */
        IPV6_MAPPED,
        /** The loopback address as one number. */
        DECIMAL_ADDRESS
    }

    private record Redirect(String upstream, int status, Set<Integer> rows) {}

    void leadsTo(TrapServer server) {
        trap = server.port();
    }

    /** Lets a link lead astray. */
    public Hostile bait(Bait bait, Trick trick) {
        baits.put(bait, trick);
        return this;
    }

    /** Answers requests of these rows (all when none are given) with 302 or 307 to the trap. */
    public Hostile redirect(String upstream, int status, Integer... rows) {
        requireRedirect(status);
        redirects.add(new Redirect(Upstream.named(upstream).wireName(), status, Set.of(rows)));
        return this;
    }

    static void requireRedirect(int status) {
        if (status < 301 || status > 308 || status == 304) {
            throw new IllegalArgumentException("status " + status + " does not redirect");
        }
    }

    /** No hostile links and redirects any more. */
    public void clear() {
        baits.clear();
        redirects.clear();
    }

    Map<Bait, Trick> baits() {
        return Map.copyOf(baits);
    }

    List<String> redirects() {
        return redirects.stream().map(Redirect::toString).toList();
    }

    @Nullable
    Reply redirect(LoggedRequest request) {
        for (var redirect : redirects) {
            if (redirect.upstream().equals(request.upstream())
                    && (redirect.rows().isEmpty() || redirect.rows().stream().anyMatch(request::isRow))) {
                return Reply.empty(redirect.status()).with("Location", "http://127.0.0.1:" + trap + request.target());
            }
        }
        return null;
    }

    /** The answer with its links exchanged. */
    Reply baited(Reply reply, int row, String origin) throws IOException {
        if (baits.isEmpty()) {
            return reply;
        }
        var changed = reply;
        for (var bait : IN_HEADERS) {
            var link = reply.headers().get(bait.name);
            var trick = baits.get(bait);
            if (link != null && trick != null) {
                changed = changed.with(bait.name, link(trick, link, origin));
            }
        }
        if (!reply.isJson() || IN_HEADERS.containsAll(baits.keySet())) {
            return changed;
        }
        var body = Json.MAPPER.readTree(reply.bytes());
        var artifact = baits.get(Bait.ARTIFACT_URI);
        if (row == 36 && artifact != null && body.isString()) {
            body = Json.MAPPER.getNodeFactory().stringNode(link(artifact, body.stringValue(), origin));
        }
        exchange(body, row, origin);
        return changed.withBody(Json.bytes(body));
    }

    private void exchange(JsonNode node, int row, String origin) {
        if (node instanceof ObjectNode object) {
            for (var key : List.copyOf(object.propertyNames())) {
                var trick = trick(key, row);
                var value = object.path(key);
                if (trick != null && value.isString()) {
                    object.put(key, link(trick, value.stringValue(), origin));
                } else {
                    exchange(value, row, origin);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(each -> exchange(each, row, origin));
        }
    }

    private @Nullable Trick trick(String key, int row) {
        if (key.equals(Bait.CONTENT_URI.name)) {
            return baits.get(row == 36 ? Bait.ARTIFACT_URI : Bait.CONTENT_URI);
        }
        for (var bait : baits.entrySet()) {
            if (!IN_HEADERS.contains(bait.getKey()) && bait.getKey().name.equalsIgnoreCase(key)) {
                return bait.getValue();
            }
        }
        return null;
    }

    private String link(Trick trick, String link, String origin) {
        int authority = link.indexOf("://");
        int slash = link.indexOf('/', authority < 0 ? 0 : authority + 3);
        var path = slash < 0 ? "/" : link.substring(slash);
        return switch (trick) {
                    case OTHER_HOST -> "http://localhost:" + trap;
                    case OTHER_PORT -> "http://127.0.0.1:" + trap;
                    case METADATA_ADDRESS -> "http://169.254.169.254";
                    case USER_INFO -> origin + "@127.0.0.1:" + trap;
                    case IPV6_MAPPED -> "http://[::ffff:127.0.0.1]:" + trap;
                    case DECIMAL_ADDRESS -> "http://2130706433:" + trap;
                }
                + path;
    }
}
