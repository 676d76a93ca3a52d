package io.dsrbroker.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Set;

/**
 * What of a span may leave: the attributes that are known to say nothing of a person. A URL has names of resources in
 * it, and the message of an exception, which events and the status repeat, whatever a library put there.
 */
final class RedactedSpan extends DelegatingSpanData {

    private static final Set<String> KNOWN = Set.of(
            // Of Spring's span of a call of the API; its URI is the template.
            "method",
            "uri",
            "status",
            "outcome",
            "exception",
            // The broker's own.
            "dsr.job",
            "dsr.task",
            "dsr.type",
            "dsr.upstream",
            "dsr.outcome");

    private final Attributes attributes;

    RedactedSpan(SpanData span) {
        super(span);
        this.attributes =
                span.getAttributes().toBuilder().removeIf(key -> !isKnown(key)).build();
    }

    private static boolean isKnown(AttributeKey<?> key) {
        return KNOWN.contains(key.getKey());
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public List<EventData> getEvents() {
        return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
        return 0;
    }

    @Override
    public StatusData getStatus() {
        return StatusData.create(super.getStatus().getStatusCode(), "");
    }
}
