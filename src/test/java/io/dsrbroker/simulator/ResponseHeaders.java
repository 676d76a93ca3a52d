package io.dsrbroker.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The headers that an upstream puts on all its answers. */
final class ResponseHeaders {

    private final Upstream upstream;
    private final AtomicInteger reads = new AtomicInteger(12_000);
    private final AtomicInteger deletes = new AtomicInteger(15_000);

    ResponseHeaders(Upstream upstream) {
        this.upstream = upstream;
    }

    /** {@code grant} is what the quota gave, null when none is enforced. */
    void add(HttpExchange exchange, int status, TokenBucket.@Nullable Grant grant) {
        var asked = exchange.getRequestHeaders();
        var headers = exchange.getResponseHeaders();
        var id = UUID.randomUUID().toString();
        headers.set("x-ms-request-id", id);
        var clientId = asked.getFirst("x-ms-client-request-id");
        switch (upstream) {
            case ARM -> {
                var correlation = asked.getFirst("x-ms-correlation-request-id");
                headers.set("x-ms-correlation-request-id", correlation == null ? id : correlation);
                headers.set("x-ms-routing-request-id", "EASTUS2:20180507T143025Z:" + id);
                boolean delete = exchange.getRequestMethod().equals("DELETE");
                long counted = Math.max(0, (delete ? deletes : reads).decrementAndGet());
                headers.set(
                        "x-ms-ratelimit-remaining-subscription-" + (delete ? "deletes" : "reads"),
                        String.valueOf(grant == null ? counted : grant.remaining()));
                if (clientId != null && "true".equalsIgnoreCase(asked.getFirst("x-ms-return-client-request-id"))) {
                    headers.set("x-ms-client-request-id", clientId);
                }
            }
            case MODEL_MANAGEMENT -> {
                headers.set("api-supported-versions", "2017-09-01-preview");
                headers.set("x-ms-client-session-id", "");
                if (clientId != null) {
                    headers.set("x-ms-client-request-id", clientId);
                }
            }
            case EXPERIMENTS -> {
                headers.set("Request-Context", "appId=cid-v1:" + Ids.uuid("run-history"));
                headers.set("x-request-time", "0.054");
                if (status >= 400) {
                    headers.set("x-ms-response-type", "error");
                }
            }
            case GALLERY, CONTENT, LOGIN -> {}
        }
    }
}
