package io.dsrbroker.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Begins pieces of traces; a piece may continue what another thread, replica or year began. Without a tracer nothing happens. */
public class Traces {

    /** The header of W3C Trace Context, level 1, whose value says where a piece belongs. */
    private static final String TRACE_PARENT = "traceparent";

    private final @Nullable Tracer tracer;
    private final @Nullable Propagator propagator;

    Traces(@Nullable Tracer tracer, @Nullable Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** For tests and for whoever traces nothing. */
    public static Traces none() {
        return new Traces(null, null);
    }

    /** Where what is being done belongs, as a {@code traceparent}; null when it is not traced. */
    public @Nullable String here() {
        Span current = tracer == null ? null : tracer.currentSpan();
        if (current == null
                || propagator == null
                || !Boolean.TRUE.equals(current.context().sampled())) {
            return null;
        }
        Map<String, String> carrier = new HashMap<>();
        propagator.inject(current.context(), carrier, (ignored, header, value) -> carrier.put(header, value));
        return carrier.get(TRACE_PARENT);
    }

    /** Begins a piece within what this thread is doing, if that is traced; it is the caller's to close, on this thread. */
    public Trail within(String name) {
        return tracer == null || tracer.currentSpan() == null
                ? Trail.NONE
                : Trail.of(tracer, tracer.nextSpan().name(name).start());
    }

    /** Begins a piece of what {@link #here()} once told; of nothing where that was null. */
    public Trail resume(String name, @Nullable String traceParent) {
        if (tracer == null || propagator == null || traceParent == null) {
            return Trail.NONE;
        }
        Span.Builder within =
                propagator.extract(traceParent, (value, header) -> header.equals(TRACE_PARENT) ? value : null);
        return Trail.of(tracer, within.name(name).start());
    }
}
