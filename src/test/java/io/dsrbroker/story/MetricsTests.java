package io.dsrbroker.story;

import static io.dsrbroker.story.ExportStory.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.Estate;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/** What a broker tells Prometheus of a day on which much happens, and that {@code docs/metrics.md} tells the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTests {

    private static final Pattern ROW =
            Pattern.compile("\\| `(dsr\\.[a-z.]+)` \\| `([a-z_]+)` \\| ([a-z]+) \\|([^|]*)\\| .+ \\|");
    private static final Pattern WORD = Pattern.compile("`([a-z]+)`");
    private static final Pattern NAME = Pattern.compile("\"(dsr\\.[a-z.]+)\"");

    private final ExportStory story = ExportStory.of(
            Estate.generate(
                    EstateSpec.small()
                            .withHostingAccounts(1, 1, 1)
                            .withLabs(1, 1, 1)
                            .withRuns(2, 1, 1)
                            .withCompute(0, 0),
                    SUBJECT),
            Map.of("dsr.housekeeping.sample", "100ms", "dsr.lanes.poll", "200ms", "dsr.retry.base-delay", "50ms"));

    /** A metric as the documentation tells it. */
    private record Documented(String prometheus, String type, Set<String> tags) {}

    @BeforeAll
    void muchHappens() throws Exception {
        ended();
        asked();
        lane("gallery-catalog", "pause");
        overdue();
        waiting();
        throttled();
        assertThat(story.portal().get("/audit/verification").status()).isEqualTo(200);
    }

    @AfterAll
    void close() {
        story.close();
    }

    private ObjectNode request(Place.Kind kind) {
        ObjectNode request = ExportStory.request();
        story.azure().estate().places().stream()
                .filter(place -> place.kind() == kind)
                .forEach(place -> ExportStory.with(request, place, target -> {}));
        return request;
    }

    /** A job ends without the Gallery's token, and so with an exception. */
    private void ended() {
        ObjectNode request = request(Place.Kind.EXPERIMENTATION_ACCOUNT);
        request.withArray("/targets").get(0).asObject().put("select", "ALL");
        request.withArray("/targets").addObject().put("kind", "gallery-author");
        request.remove("secrets");
        String id = story.portal().submit(request.toString());
        assertThat(story.ended(id).get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
    }

    /** Another waits for a person, since nobody knows whose the models are. */
    private void asked() {
        ObjectNode request = request(Place.Kind.HOSTING_ACCOUNT).put("callbackUrl", "http://127.0.0.1:1/hook");
        String id = story.portal().submit(request.toString());
        story.until(
                id,
                view -> view.at("/counts/byState/NEEDS_ACTION").asInt(0) > 0
                        && view.at("/counts/byState/READY").asInt(0) == 0);
    }

    /** Another is on hold, and overdue. */
    private void overdue() {
        ObjectNode request = request(Place.Kind.GALLERY_AUTHOR)
                .put("receivedAt", Instant.now().minus(Duration.ofDays(60)).toString());
        String id = story.portal().submit(request.toString());
        assertThat(story.portal()
                        .post("/requests/" + id + "/hold", "{\"reason\": \"a court\"}")
                        .status())
                .isEqualTo(200);
    }

    /** Another waits for a lane that a person has stopped. */
    private void waiting() {
        story.portal().submit(request(Place.Kind.GALLERY_AUTHOR).toString());
    }

    /** An upstream asks for less. */
    private void throttled() {
        story.azure().settings().faults = Faults.always(
                Fault.throttled(300), request -> request.upstream().equals("arm"));
        story.portal().submit(request(Place.Kind.EXPERIMENTATION_ACCOUNT).toString());
    }

    private void lane(String lane, String action) {
        assertThat(story.portal()
                        .post("/lanes/" + lane + "/" + action, "{\"reason\": \"a test\"}")
                        .status())
                .isEqualTo(200);
    }

    /** The first scrape that is as wished; it fails with the last. */
    private Scrape scrape(Predicate<Scrape> wish) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> story.broker().scrape(), wish);
    }

    private static Predicate<Scrape> says(double value, String name, String... labels) {
        return scrape -> scrape.value(name, labels).orElse(Double.NaN) == value;
    }

    private static Predicate<Scrape> exceeds(double value, String name, String... labels) {
        return scrape -> scrape.value(name, labels).orElse(Double.NaN) > value;
    }

    @Test
    void jobsThatWaitAreCounted() {
        scrape(says(1, "dsr_jobs_held"));
        scrape(says(1, "dsr_jobs_due", "bucket", "overdue"));
        scrape(says(0, "dsr_jobs_due", "bucket", "1d"));
        scrape(scrape -> scrape.sum("dsr_jobs_due") == scrape.sum("dsr_jobs") && scrape.sum("dsr_jobs") >= 4);
        scrape(says(0, "dsr_jobs", "type", "DELETE", "stage", "AWAITING_APPROVAL"));
        scrape(exceeds(0, "dsr_jobs_exceptions", "state", "INCOMPLETE"));
        scrape(exceeds(0, "dsr_tasks_needs_action", "reason", "OWNER_UNKNOWN"));
        scrape(exceeds(0, "dsr_callbacks", "state", "pending"));
    }

    @Test
    void lanesThatPauseAreSeen() {
        scrape(says(1, "dsr_lane_state", "lane", "gallery-catalog", "state", "paused"));
        scrape(says(0, "dsr_lane_state", "lane", "gallery-catalog", "state", "idle"));
        scrape(exceeds(0, "dsr_lane_ready", "lane", "gallery-catalog"));
        // Neither what is on hold nor what a person has stopped is a backlog.
        scrape(says(0, "dsr_backlog_age_seconds", "upstream", "gallery-catalog"));
        scrape(says(0, "dsr_lane_paused_seconds", "lane", "gallery-catalog"));
        Scrape paused = scrape(says(1, "dsr_lane_state", "upstream", "arm", "state", "throttled"));
        assertThat(paused.value("dsr_lane_paused_seconds", "upstream", "arm").orElseThrow())
                .isBetween(200.0, 300.0);
        assertThat(paused.samples("dsr_lane_state")
                        .map(sample -> sample.labels().get("lane")))
                .contains("content")
                .noneMatch(lane -> lane.startsWith("content:"));
    }

    @Test
    void whatHappenedIsCounted() {
        Scrape scrape = story.broker().scrape();
        assertThat(scrape.sum("dsr_jobs_ended_total", "type", "EXPORT", "stage", "COMPLETED_WITH_EXCEPTIONS"))
                .isEqualTo(1);
        assertThat(scrape.sum("dsr_jobs_ended_total")).isEqualTo(1);
        String id = story.portal()
                .get("/requests?stage=COMPLETED_WITH_EXCEPTIONS")
                .json()
                .at("/items/0/id")
                .asString();
        long exported = story.tasks(id, "kind=EXPORT&state=EXPORTED").stream()
                .filter(task -> task.get("lane").asString().startsWith("content:"))
                .count();
        assertThat(exported).isPositive();
        assertThat(scrape.value("dsr_tasks_settled_total", "upstream", "content", "state", "EXPORTED"))
                .hasValue((double) exported);
        assertThat(scrape.value(
                        "dsr_tasks_settled_total",
                        "upstream",
                        "gallery-catalog",
                        "kind",
                        "DISCOVER",
                        "state",
                        "INCOMPLETE"))
                .hasValue(1);
        assertThat(scrape.sum("dsr_lane_takings_total", "upstream", "experiments", "cause", "idle"))
                .isPositive();
        assertThat(scrape.value(
                        "dsr_upstream_calls_seconds_count",
                        "upstream",
                        "content",
                        "operation",
                        "download",
                        "outcome",
                        "received"))
                .hasValue((double) exported);
        assertThat(scrape.sum("dsr_upstream_calls_seconds_count", "upstream", "arm", "outcome", "throttled"))
                .isPositive();
        assertThat(scrape.sum("dsr_lane_rate", "lane", "content", "operation", "read"))
                .isPositive();
        assertThat(scrape.sum("dsr_lane_rate", "operation", "delete")).isZero();
        assertThat(scrape.sum("dsr_vault_failures_total")).isZero();
        assertThat(scrape.value("dsr_audit_verification")).hasValue(1);
        assertThat(scrape.value("dsr_store_free_bytes").orElseThrow()).isPositive();
        assertThat(scrape.value("dsr_sample_age_seconds").orElseThrow()).isBetween(0.0, 10.0);
    }

    @Test
    void documentedMetricsAreToldAndNoOthers() throws IOException {
        Map<String, Documented> documented = documented();
        assertThat(documented.keySet()).isEqualTo(named());
        Scrape scrape = scrape(one -> one.types().containsKey("dsr_tasks_needs_action"));
        documented.forEach((name, metric) -> {
            assertThat(scrape.types()).as(name).containsEntry(metric.prometheus(), metric.type());
            String line = metric.prometheus() + (metric.type().equals("summary") ? "_count" : "");
            assertThat(scrape.samples(line))
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(sample -> assertThat(sample.labels().keySet()).isEqualTo(metric.tags()));
        });
        Set<String> told = scrape.types().keySet().stream()
                .filter(name -> name.startsWith("dsr_") && !name.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told)
                .isEqualTo(documented.values().stream()
                        .map(Documented::prometheus)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void othersOfUseAreTold() {
        assertThat(story.broker().scrape().types().keySet())
                .contains(
                        "http_server_requests_seconds",
                        "jvm_memory_used_bytes",
                        "hikaricp_connections_active",
                        "process_cpu_usage",
                        "application_ready_time_seconds");
    }

    private static Map<String, Documented> documented() throws IOException {
        Map<String, Documented> metrics = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/metrics.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String type = row.group(3).equals("timer") ? "summary" : row.group(3);
                metrics.put(
                        row.group(1),
                        new Documented(
                                row.group(2),
                                type,
                                WORD.matcher(row.group(4))
                                        .results()
                                        .map(word -> word.group(1))
                                        .collect(Collectors.toSet())));
            }
        }
        return metrics;
    }

    /** The names in the classes of metrics. */
    private static Set<String> named() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(file -> file.toString().endsWith("Metrics.java"))
                    .toList()) {
                NAME.matcher(Files.readString(file))
                        .results()
                        .map(name -> name.group(1))
                        .forEach(names::add);
            }
        }
        return names;
    }
}
