package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.AzureSimulator;
import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.support.Broker;
import io.dsrbroker.support.Database;
import io.dsrbroker.support.Issuer;
import io.dsrbroker.support.Portal;
import io.dsrbroker.tracing.TraceCollector;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A portal's trace goes on through the broker: the call, every task on any replica, every call of an upstream. */
@Tag("long")
class TracingTests {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    private Path store = Path.of(".");

    @Test
    void traceOfAPortalGoesOnThroughTasksAndCallsAndTellsNothingOfThePerson() throws Exception {
        Database database = Database.fresh();
        try (TraceCollector collector = new TraceCollector();
                AzureSimulator azure = AzureSimulator.start(
                        Estate.generate(EstateSpec.small(), ExportStory.SUBJECT, ExportStory.OTHER));
                Issuer issuer = new Issuer();
                Broker one = Broker.start(database, azure, issuer, store, traced(collector));
                Broker two = Broker.start(database, azure, issuer, store, traced(collector))) {
            String body = everything(azure);
            String id = submit(one, body);
            Portal portal = two.portal("privacy-desk", Issuer.ALL_SCOPES);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !portal.get("/requests/" + id)
                            .json()
                            .get("finishedAt")
                            .isNull());
            List<Span> trace = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> collector.trace(TRACE), spans -> calls(spans).size() >= sent(azure));

            assertThat(trace)
                    .filteredOn(span -> span.getName().equals("http post /api/v1/requests"))
                    .hasSize(1);
            Map<String, Span> byId = new HashMap<>();
            trace.forEach(span -> byId.put(TraceCollector.hex(span.getSpanId().toByteArray()), span));
            List<Span> calls = calls(trace);
            assertThat(calls).hasSizeGreaterThan(100).hasSize(sent(azure));
            assertThat(calls)
                    .allSatisfy(call -> assertThat(TraceCollector.attribute(parent(byId, call), "dsr.job"))
                            .isEqualTo(id));
            assertThat(calls.stream().map(call -> TraceCollector.attribute(call, "dsr.upstream")))
                    .contains("gallery-catalog", "arm", "model-management", "experiments", "content");
            nothingOfThePerson(collector.spans());
            assertThat(values(trace)).isNotEmpty().doesNotContainAnyElementsOf(keys(azure));
        }
    }

    private static Span parent(Map<String, Span> byId, Span span) {
        return byId.getOrDefault(TraceCollector.hex(span.getParentSpanId().toByteArray()), Span.getDefaultInstance());
    }

    private static List<Span> calls(List<Span> spans) {
        return spans.stream()
                .filter(span -> !TraceCollector.attribute(span, "dsr.upstream").isEmpty())
                .toList();
    }

    /** Calls that arrived, but for those of tokens. */
    private static int sent(AzureSimulator azure) {
        return (int) azure.log().stream()
                .filter(request -> !request.upstream().equals("login"))
                .count();
    }

    private static Set<String> values(List<Span> spans) {
        return spans.stream()
                .flatMap(span -> span.getAttributesList().stream())
                .map(attribute -> attribute.getValue().getStringValue())
                .collect(Collectors.toSet());
    }

    /** What calls name in their paths with digits: subscriptions, runs, models. */
    private static Set<String> keys(AzureSimulator azure) {
        return azure.log().stream()
                .flatMap(request -> Stream.of(request.target().split("[/?]")))
                .filter(segment -> segment.length() > 3 && segment.matches(".*\\d.*"))
                .collect(Collectors.toSet());
    }

    private static void nothingOfThePerson(List<Span> spans) {
        assertThat(spans)
                .extracting(Span::toString)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContainIgnoringCase(
                                ExportStory.SUBJECT.objectId(),
                                ExportStory.SUBJECT.userName(),
                                ExportStory.SUBJECT.authorId(),
                                ExportStory.SUBJECT.displayName(),
                                Estate.SECRET_MARKER,
                                "http://"));
    }

    private static Map<String, String> traced(TraceCollector collector) {
        Map<String, String> settings = new HashMap<>(Broker.boundlessQuota());
        settings.put("management.opentelemetry.tracing.export.otlp.endpoint", collector.endpoint());
        settings.put("management.opentelemetry.tracing.export.schedule-delay", "200ms");
        settings.put("management.opentelemetry.tracing.export.max-queue-size", "100000");
        return settings;
    }

    private static String everything(AzureSimulator azure) {
        var request = ExportStory.request();
        azure.estate()
                .places()
                .forEach(place -> ExportStory.with(request, place, target -> {
                    if (!target.get("kind").asString().equals("gallery-author")) {
                        target.put("unknownOwner", "INCLUDE");
                    }
                }));
        return request.toString();
    }

    private static String submit(Broker broker, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(broker.url() + "/api/v1/requests"))
                                .header("Authorization", "Bearer " + broker.token("privacy-desk", Issuer.ALL_SCOPES))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(202);
        return new JsonMapper().readTree(answer.body()).get("id").asString();
    }
}
