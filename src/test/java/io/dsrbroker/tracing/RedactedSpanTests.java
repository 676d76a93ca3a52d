package io.dsrbroker.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactedSpanTests {

    private static final String PERSON = "ada.lovelace@example.com";

    private static final class Kept implements SpanExporter {

        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> exported) {
            spans.addAll(exported);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @Test
    void onlyKnownAttributesLeave() {
        Kept kept = new Kept();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(new RedactingExporter(kept)))
                .build()) {
            Span span = provider.get("test").spanBuilder("read").startSpan();
            span.setAttribute("dsr.job", "0193");
            span.setAttribute("http.url", "/api/v1/targets/" + PERSON);
            span.addEvent("said " + PERSON);
            span.recordException(new IllegalStateException("not " + PERSON));
            span.setStatus(StatusCode.ERROR, "no " + PERSON);
            span.end();
        }
        assertThat(kept.spans).singleElement().satisfies(span -> {
            assertThat(span.getAttributes())
                    .isEqualTo(Attributes.builder().put("dsr.job", "0193").build());
            assertThat(span.getTotalAttributeCount()).isEqualTo(1);
            assertThat(span.getEvents()).isEmpty();
            assertThat(span.getTotalRecordedEvents()).isZero();
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getStatus().getDescription()).isEmpty();
            assertThat(span.getName()).isEqualTo("read");
        });
    }
}
