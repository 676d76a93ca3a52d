package io.dsrbroker.tracing;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/** A piece of a trace that is being done on this thread. */
public final class Trail implements AutoCloseable {

    static final Trail NONE = new Trail(null, null);

    private final @Nullable Span span;
    private final Tracer.@Nullable SpanInScope scope;

    private Trail(@Nullable Span span, Tracer.@Nullable SpanInScope scope) {
        this.span = span;
        this.scope = scope;
    }

    static Trail of(Tracer tracer, Span span) {
        return new Trail(span, tracer.withSpan(span));
    }

    /** Says more of it, as {@code dsr.<name>}: never an identifier of a person, a key of a resource, or an address; those that {@link RedactedSpan} does not know stay here. */
    public Trail tag(String name, String value) {
        if (span != null) {
            span.tag("dsr." + name, value);
        }
        return this;
    }

    @Override
    public void close() {
        if (scope != null) {
            scope.close();
        }
        if (span != null) {
            span.end();
        }
    }
}
