package io.dsrbroker.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;

/**
 * What each scope allows.
 *
 * <p>The console's paths are those of the API under {@link #CONSOLE}, and take the same scopes.
 */
final class Scopes {

    static final String API = "/api/v1";
    static final String CONSOLE = "/console";

    static final String CREATE = "dsr.create";
    static final String READ = "dsr.read";
    static final String APPROVE = "dsr.approve";
    static final String OPERATE = "dsr.operate";
    static final String DOWNLOAD = "dsr.download";
    static final String AUDIT = "dsr.audit";

    private static final String REQUEST = RequestsApi.PATH + "/{id}";

    /** The grants, the first that fits decides; a HEAD is a GET. */
    static final List<Grant> GRANTS = List.of(
            new Grant(HttpMethod.POST, RequestsApi.PATH, CREATE),
            new Grant(HttpMethod.GET, RequestsApi.PATH, READ),
            new Grant(HttpMethod.GET, REQUEST, READ),
            new Grant(HttpMethod.GET, REQUEST + "/resources", READ),
            new Grant(HttpMethod.GET, REQUEST + "/resources/{taskId}", READ),
            new Grant(HttpMethod.GET, REQUEST + "/events", READ),
            new Grant(HttpMethod.GET, REQUEST + "/package", DOWNLOAD),
            new Grant(HttpMethod.GET, REQUEST + "/plan", READ),
            new Grant(HttpMethod.POST, REQUEST + "/approval", APPROVE),
            new Grant(HttpMethod.POST, REQUEST + "/denial", APPROVE),
            new Grant(HttpMethod.POST, REQUEST + "/decisions", APPROVE),
            new Grant(HttpMethod.POST, REQUEST + "/hold", OPERATE),
            new Grant(HttpMethod.POST, REQUEST + "/release", OPERATE),
            new Grant(HttpMethod.POST, REQUEST + "/cancellation", OPERATE),
            new Grant(HttpMethod.POST, REQUEST + "/extension", OPERATE),
            new Grant(HttpMethod.POST, REQUEST + "/retry", OPERATE),
            new Grant(HttpMethod.POST, REQUEST + "/resources/{taskId}/retry", OPERATE),
            new Grant(HttpMethod.POST, REQUEST + "/resources/{taskId}/confirmation", OPERATE),
            new Grant(HttpMethod.GET, REQUEST + "/callbacks", READ),
            new Grant(HttpMethod.POST, REQUEST + "/callbacks/replay", OPERATE),
            new Grant(HttpMethod.POST, REQUEST + "/callbacks/{webhookId}/replay", OPERATE),
            new Grant(HttpMethod.GET, REQUEST + "/receipt", READ),
            new Grant(HttpMethod.GET, REQUEST + "/audit", AUDIT),
            new Grant(HttpMethod.GET, TrailApi.PATH, AUDIT),
            new Grant(HttpMethod.GET, TrailApi.PATH + "/checkpoints", AUDIT),
            new Grant(HttpMethod.GET, TrailApi.PATH + "/verification", AUDIT),
            new Grant(HttpMethod.GET, TargetsApi.PATH, OPERATE),
            new Grant(HttpMethod.GET, TargetsApi.PATH + "/{name}", OPERATE),
            new Grant(HttpMethod.PUT, TargetsApi.PATH + "/{name}", OPERATE),
            new Grant(HttpMethod.DELETE, TargetsApi.PATH + "/{name}", OPERATE),
            new Grant(HttpMethod.GET, "/api/v1/lanes", OPERATE),
            new Grant(HttpMethod.POST, "/api/v1/lanes/{lane}/pause", OPERATE),
            new Grant(HttpMethod.POST, "/api/v1/lanes/{lane}/resume", OPERATE),
            new Grant(HttpMethod.GET, "/api/v1/catalogue", READ));

    /** What each scope is for, in the words of the description. */
    static final Map<String, String> MEANINGS = meanings();

    private Scopes() {}

    private static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put(CREATE, "Send requests");
        meanings.put(READ, "See requests, plans, resources, events, callbacks, receipts and the catalogue");
        meanings.put(APPROVE, "Approve, deny and decide on requests of others");
        meanings.put(
                OPERATE,
                "Hold, release, cancel, extend and retry requests, confirm work done by hand, replay callbacks, register targets, see, pause and resume lanes");
        meanings.put(DOWNLOAD, "Download packages");
        meanings.put(AUDIT, "See who did what, and check that nobody changed what was written down");
        return meanings;
    }

    /** Who has this scope may send this. */
    record Grant(HttpMethod method, String pattern, String scope) {

        /** The same in the console. */
        Grant inConsole() {
            return new Grant(method, CONSOLE + pattern.substring(API.length()), scope);
        }
    }

    /** The pattern of the API that decides about a pattern of the console; any other stays. */
    static String inApi(String pattern) {
        return pattern.equals(CONSOLE) || pattern.startsWith(CONSOLE + "/")
                ? API + pattern.substring(CONSOLE.length())
                : pattern;
    }
}
