package io.dsrbroker.upstream;

import io.dsrbroker.tracing.Traces;
import io.dsrbroker.tracing.Trail;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The figures of calls, of which {@code docs/metrics.md} says what each means, and their spans in traces. */
@Component
class UpstreamMetrics {

    private static final String CONTENT = "content";

    private final MeterRegistry registry;
    private final Traces traces;

    UpstreamMetrics(MeterRegistry registry, Traces traces) {
        this.registry = registry;
        this.traces = traces;
    }

    /** Times a call of an upstream. */
    Outcome call(UpstreamRequest request, Supplier<Outcome> call) {
        String operation = request.call().method().equals("DELETE") ? "delete" : "read";
        return timed(request.upstream().name(), operation, UpstreamMetrics::word, call);
    }

    /** Times the asking after an operation. */
    OperationStatus ask(UpstreamRequest request, Supplier<OperationStatus> call) {
        return timed(request.upstream().name(), "ask", UpstreamMetrics::word, call);
    }

    /** Times a download, all hosts in one. */
    Outcome download(Supplier<Outcome> call) {
        return timed(CONTENT, "download", UpstreamMetrics::word, call);
    }

    private <T> T timed(String upstream, String operation, Function<T, String> outcome, Supplier<T> call) {
        Timer.Sample since = Timer.start(registry);
        // What was thrown is not an outcome: the call was not let through a second time, or content could not be kept.
        String word = "aborted";
        try (Trail trail = traces.within(operation).tag("upstream", upstream)) {
            T result = call.get();
            word = outcome.apply(result);
            trail.tag("outcome", word);
            return result;
        } finally {
            since.stop(Timer.builder("dsr.upstream.calls")
                    .description("Calls to upstreams")
                    .tag("upstream", upstream)
                    .tag("operation", operation)
                    .tag("outcome", word)
                    .register(registry));
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered ignored -> "answered";
            case Outcome.Accepted ignored -> "accepted";
            case Outcome.Received ignored -> "received";
            case Outcome.Absent ignored -> "absent";
            case Outcome.AbsenceUnproven ignored -> "absence-unproven";
            case Outcome.Throttled ignored -> "throttled";
            case Outcome.CredentialsRejected ignored -> "credentials-rejected";
            case Outcome.Forbidden ignored -> "forbidden";
            case Outcome.Locked ignored -> "locked";
            case Outcome.Retired ignored -> "retired";
            case Outcome.Unavailable ignored -> "unavailable";
            case Outcome.InUse ignored -> "in-use";
            case Outcome.Rejected ignored -> "rejected";
            case Outcome.Poison ignored -> "poison";
            case Outcome.Hostile ignored -> "hostile";
            case Outcome.Unaddressable ignored -> "unaddressable";
        };
    }

    private static String word(OperationStatus status) {
        return switch (status) {
            case OperationStatus.Working ignored -> "working";
            case OperationStatus.Succeeded ignored -> "succeeded";
            case OperationStatus.GaveUp ignored -> "gave-up";
            case OperationStatus.Unreadable unreadable -> word(unreadable.outcome());
        };
    }
}
