package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Upstream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call to be made.
 *
 * @param variables values of the call's template variables
 * @param secret value of the call's secret header; null when the request has none
 * @param continuation the page to go on at; null for the first
 * @param again what to do before it is sent a second time, with a fresh token
 */
public record UpstreamRequest(
        Upstream upstream,
        Call call,
        Map<String, String> variables,
        @Nullable String secret,
        @Nullable Continuation continuation,
        Runnable again) {

    /** For a caller who counts no calls. */
    public UpstreamRequest(
            Upstream upstream,
            Call call,
            Map<String, String> variables,
            @Nullable String secret,
            @Nullable Continuation continuation) {
        this(upstream, call, variables, secret, continuation, () -> {});
    }

    @Override
    public String toString() {
        return "UpstreamRequest[" + call.method() + " " + call.url() + "]";
    }
}
