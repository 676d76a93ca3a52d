package io.dsrbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.helm.Expression.Selector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

/** Each alert fires when it should, and no other does. */
class AlertsTests {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration BETWEEN = Duration.ofMinutes(4);
    private static final String HEALTHY = healthy();
    private static final List<Alert> ALERTS = Alerts.load();

    private static String healthy() {
        try {
            return new ClassPathResource("helm/healthy.prom").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> firing(String... replicas) {
        String[] before = new String[replicas.length];
        Arrays.fill(before, HEALTHY);
        return firing(Scrape.of(NOON, before), Scrape.of(NOON.plus(BETWEEN), replicas));
    }

    private static Set<String> firing(Scrape before, Scrape now) {
        return ALERTS.stream()
                .filter(alert -> alert.firesOn(before, now))
                .map(Alert::name)
                .collect(Collectors.toSet());
    }

    /** The healthy exposition with changes: {@code series value}, separated by semicolons, or {@code -metric} to leave it out. */
    private static String with(String changes) {
        String text = HEALTHY;
        for (String change : changes.split(";", -1)) {
            String wanted = change.strip();
            if (wanted.startsWith("-")) {
                String metric = wanted.substring(1);
                assertThat(text).contains("\n" + metric);
                text = text.lines()
                        .filter(line -> !line.startsWith(metric))
                        .collect(Collectors.joining("\n", "", "\n"));
            } else {
                String series = wanted.substring(0, wanted.lastIndexOf(' '));
                assertThat(text).as("has %s", series).contains("\n" + series + " ");
                text = text.lines()
                        .map(line -> line.startsWith(series + " ") ? wanted : line)
                        .collect(Collectors.joining("\n", "", "\n"));
            }
        }
        return text;
    }

    @Test
    void healthyBrokerFiresNone() {
        assertThat(firing(HEALTHY)).isEmpty();
        assertThat(firing(HEALTHY, HEALTHY)).isEmpty();
    }

    @Test
    void healthyExpositionKnowsEveryMetric() {
        Set<String> known =
                Scrape.of(NOON, HEALTHY).series().stream().map(Series::metric).collect(Collectors.toSet());
        assertThat(known).containsAll(Contract.OURS).containsAll(Contract.BOOTS);
        assertThat(known).allMatch(Contract::holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DsrBrokerNotReady | -application_ready_time_seconds",
                "DsrBrokerDatabaseUnreachable | dsr_sample_age_seconds 181",
                "DsrBrokerRequestsOverdue | dsr_jobs_due{bucket=\"overdue\"} 1",
                "DsrBrokerRequestsDueSoon | dsr_jobs_due{bucket=\"1d\"} 1",
                "DsrBrokerRequestsDueSoon | dsr_jobs_due{bucket=\"3d\"} 2",
                "DsrBrokerBacklogOld | dsr_backlog_age_seconds{upstream=\"arm\"} 21601",
                "DsrBrokerLaneBroken | dsr_lane_state{lane=\"arm:s1\",upstream=\"arm\",state=\"broken\"} 1",
                "DsrBrokerLanePaused | dsr_lane_state{lane=\"arm:s1\",upstream=\"arm\",state=\"paused\"} 1",
                "DsrBrokerLaneThrottled | dsr_lane_state{lane=\"arm:s1\",upstream=\"arm\",state=\"throttled\"} 1",
                "DsrBrokerNeedsAction | dsr_tasks_needs_action{reason=\"BY_HAND\"} 1",
                "DsrBrokerUnverified | dsr_jobs_exceptions{state=\"UNVERIFIED\"} 1",
                "DsrBrokerExceptions | dsr_jobs_exceptions{state=\"INCOMPLETE\"} 1",
                "DsrBrokerExceptions | dsr_jobs_exceptions{state=\"FAILED\"} 1",
                "DsrBrokerTaskPoisoned | dsr_tasks_poisoned_total 1",
                "DsrBrokerTaskPoisoned | dsr_tasks_needs_action{reason=\"QUARANTINED\"} 1",
                "DsrBrokerCallbacksFailed | dsr_callbacks{state=\"failed\"} 1",
                "DsrBrokerVaultFailures | dsr_vault_failures_total{operation=\"unwrap\"} 1",
                "DsrBrokerAuditBroken | dsr_audit_verification 0",
                "DsrBrokerCheckpointsUnsigned | dsr_audit_checkpoint_age_seconds 3601",
                "DsrBrokerDeadTuples | dsr_database_dead_tuples{table=\"task\"} 100001",
                "DsrBrokerStoreNearlyFull | dsr_store_free_bytes 1e10",
                "DsrBrokerConnectionPoolExhausted | hikaricp_connections_pending{pool=\"HikariPool-1\"} 1",
                "DsrBrokerServerErrors | http_server_requests_seconds_count{error=\"Boom\",exception=\"Boom\",method=\"GET\","
                        + "outcome=\"SERVER_ERROR\",status=\"500\",uri=\"/api/v1/requests/{id}\"} 4",
                "DsrBrokerTakeovers | dsr_lane_takings_total{upstream=\"arm\",cause=\"takeover\"} 13"
            })
    void oneSickReplicaFiresExactlyIt(String alert, String changes) {
        assertThat(firing(with(changes))).containsExactly(alert);
    }

    @Test
    void noReplicaAtAll() {
        assertThat(firing(Scrape.of(NOON, HEALTHY), Scrape.of(NOON.plus(BETWEEN))))
                .containsExactly("DsrBrokerAbsent");
    }

    @Test
    void oneReplicaOfTwoThatReadsNothing() {
        assertThat(firing(HEALTHY, with("dsr_sample_age_seconds 181"))).containsExactly("DsrBrokerSampleStale");
    }

    /** It is paused, tries, and pauses again: whether a scrape meets it while it tries must not matter. */
    @ParameterizedTest
    @CsvSource({"broken, DsrBrokerLaneBroken", "throttled, DsrBrokerLaneThrottled"})
    void laneThatTriesBetweenTwoPausesIsStillPaused(String state, String alert) {
        Scrape paused = Scrape.of(
                NOON, with("dsr_lane_state{lane=\"arm:s1\",upstream=\"arm\",state=\"%s\"} 1".formatted(state)));
        assertThat(firing(paused, Scrape.of(NOON.plus(BETWEEN), HEALTHY))).containsExactly(alert);
        assertThat(firing(paused, Scrape.of(NOON.plus(BETWEEN.multipliedBy(3)), HEALTHY)))
                .isEmpty();
    }

    @Test
    void everyAlertIsTriedHere() throws NoSuchMethodException {
        Set<String> tried = new HashSet<>(Set.of("DsrBrokerAbsent", "DsrBrokerSampleStale"));
        for (String line : AlertsTests.class
                .getDeclaredMethod("oneSickReplicaFiresExactlyIt", String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value()) {
            tried.add(line.split(" ", 2)[0]);
        }
        assertThat(ALERTS).extracting(Alert::name).containsExactlyInAnyOrderElementsOf(tried);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a sample a little late | dsr_sample_age_seconds 180",
                "days left | dsr_jobs_due{bucket=\"7d\"} 50",
                "a long queue | dsr_lane_ready{lane=\"arm:s1\",upstream=\"arm\"} 100000",
                "a backlog that moves | dsr_backlog_age_seconds{upstream=\"arm\"} 21600",
                "what was left out on purpose | dsr_jobs_exceptions{state=\"SKIPPED\"} 100",
                "callbacks under way | dsr_callbacks{state=\"pending\"} 50",
                "a small table | dsr_database_dead_tuples{table=\"job\"} 1000",
                "many dead rows among many more | dsr_database_dead_tuples{table=\"task\"} 90000",
                "checkpoints in time | dsr_audit_checkpoint_age_seconds 3600",
                "a store in Azure | -dsr_store_free_bytes",
                "an audit trail that was not checked yet | -dsr_audit_verification",
                "a restart | dsr_lane_takings_total{upstream=\"arm\",cause=\"takeover\"} 1; dsr_jobs_ended_total{type=\"EXPORT\",stage=\"COMPLETED\"} 0",
                "one crash of a replica | dsr_lane_takings_total{upstream=\"arm\",cause=\"takeover\"} 12",
                "few errors among many calls | http_server_requests_seconds_count{error=\"none\",exception=\"none\",method=\"GET\","
                        + "outcome=\"SUCCESS\",status=\"200\",uri=\"/api/v1/requests/{id}\"} 4200;"
                        + " http_server_requests_seconds_count{error=\"Boom\",exception=\"Boom\",method=\"GET\","
                        + "outcome=\"SERVER_ERROR\",status=\"500\",uri=\"/api/v1/requests/{id}\"} 8"
            })
    void whatIsNoReasonFiresNone(String reason, String changes) {
        assertThat(firing(with(changes))).as(reason).isEmpty();
    }

    @Test
    void everyAlertCanBeUnderstoodAndUsesWhatIsPromised() {
        assertThat(ALERTS).hasSizeGreaterThan(15).extracting(Alert::name).doesNotHaveDuplicates();
        for (Alert alert : ALERTS) {
            List<Selector> selectors = alert.parsed().selectors().toList();
            assertThat(selectors).as(alert.name()).isNotEmpty().allSatisfy(selector -> {
                assertThat(Contract.holds(selector.metric()))
                        .as(selector.metric())
                        .isTrue();
                assertThat(selector.conditions())
                        .as("%s: whose metric is it", alert.name())
                        .contains(new Expression.Condition("job", "=", "dsr-broker"));
            });
            assertThat(alert.lasting()).as(alert.name()).matches("\\d+[smhd]");
            assertThat(alert.labels().get("severity")).as(alert.name()).isIn("critical", "warning", "info");
            assertThat(alert.annotations().get("summary")).as(alert.name()).isNotBlank();
            assertThat(alert.annotations().get("description")).as(alert.name()).endsWith(".");
            assertThat(alert.annotations().get("runbook_url"))
                    .isEqualTo("RUNBOOKS#" + alert.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void descriptionsNameOnlyLabelsThatTheyHave() {
        for (Alert alert : ALERTS) {
            Matcher matcher = Pattern.compile("\\$labels\\.(\\w+)")
                    .matcher(alert.annotations().getOrDefault("description", ""));
            while (matcher.find()) {
                assertThat(alert.expression()).as(alert.name()).contains("by (" + matcher.group(1) + ")");
            }
        }
    }

    @Test
    void ruleOfTheChartAsksForThisReleaseAlone() {
        List<Alert> rendered = Alerts.read(Chart.render(Chart.AZURE, Chart.MONITORING)
                .custom("PrometheusRule")
                .at("/spec/groups"));
        assertThat(rendered)
                .extracting(Alert::name)
                .containsExactlyElementsOf(ALERTS.stream().map(Alert::name).toList());
        for (Alert alert : rendered) {
            assertThat(alert.parsed().selectors())
                    .allSatisfy(selector -> assertThat(selector.conditions())
                            .contains(
                                    new Expression.Condition("namespace", "=", "privacy"),
                                    new Expression.Condition("job", "=", "dsr-dsr-broker-management")));
            assertThat(alert.annotations().get("runbook_url"))
                    .startsWith("https://code.example/dsr-broker/docs/operations.md#dsrbroker");
        }
    }
}
