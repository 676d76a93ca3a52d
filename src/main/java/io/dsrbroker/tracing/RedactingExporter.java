package io.dsrbroker.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/** Exports what {@link RedactedSpan} leaves of spans. */
final class RedactingExporter implements SpanExporter {

    private final SpanExporter next;

    RedactingExporter(SpanExporter next) {
        this.next = next;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        List<RedactedSpan> redacted = spans.stream().map(RedactedSpan::new).toList();
        return next.export(List.copyOf(redacted));
    }

    @Override
    public CompletableResultCode flush() {
        return next.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return next.shutdown();
    }
}
