package io.dsrbroker.api;

import java.util.List;
import org.springframework.http.HttpMethod;

/** What each scope allows. */
final class Scopes {

    static final String CREATE = "dsr.create";
    static final String READ = "dsr.read";
    static final String APPROVE = "dsr.approve";
    static final String OPERATE = "dsr.operate";
    static final String DOWNLOAD = "dsr.download";

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
            new Grant(HttpMethod.POST, REQUEST + "/decisions", APPROVE),
            new Grant(HttpMethod.GET, TargetsApi.PATH, OPERATE),
            new Grant(HttpMethod.GET, TargetsApi.PATH + "/{name}", OPERATE),
            new Grant(HttpMethod.PUT, TargetsApi.PATH + "/{name}", OPERATE),
            new Grant(HttpMethod.DELETE, TargetsApi.PATH + "/{name}", OPERATE),
            new Grant(HttpMethod.GET, "/api/v1/lanes", OPERATE),
            new Grant(HttpMethod.GET, "/api/v1/catalogue", READ));

    private Scopes() {}

    /** Who has this scope may send this. */
    record Grant(HttpMethod method, String pattern, String scope) {}
}
