package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultRatesTests extends SimulatorTestCase {

    private static LoggedRequest request(String upstream, String method, String target, int row) {
        return new LoggedRequest(1, Instant.EPOCH, upstream, method, target, row, 0, true, false, null);
    }

    private static List<Boolean> hits(Faults faults, String upstream) {
        return IntStream.range(0, 10_000)
                .mapToObj(i ->
                        faults.on(request(upstream, "GET", "/" + i % 5_000, 30)).isPresent())
                .toList();
    }

    private Client.Answer only(FaultKind kind) throws Exception {
        simulator.settings().faults = FaultRates.seeded(1).rate(kind, 1).retryAfter(7);
        return client.get(history("/runs"));
    }

    @Test
    void theShareIsTheWantedOneAndTheSameForTheSameSeedOnly() {
        var hits = hits(FaultRates.mixed(7, 0.2), "arm");

        assertThat(hits.stream().filter(hit -> hit).count()).isBetween(1_850L, 2_150L);
        assertThat(hits(FaultRates.mixed(7, 0.2), "arm")).isEqualTo(hits);
        assertThat(hits(FaultRates.mixed(8, 0.2), "arm")).isNotEqualTo(hits);
    }

    @Test
    void everyKindComesAboutEquallyOftenWhenMixed() {
        var faults = FaultRates.mixed(3, 0.8);
        hits(faults, "arm");

        assertThat(faults.counts().values())
                .hasSize(16)
                .allSatisfy(count -> assertThat(count).isBetween(400L, 600L));
    }

    @Test
    void onlyTheWantedRequestsAreConcerned() {
        var faults = FaultRates.seeded(1).rate(FaultKind.HANG_UP, 1);
        assertThat(faults.on(request("login", "POST", "/t", -1))).isEmpty();
        assertThat(faults.on(request("content", "GET", "/c", -1))).isPresent();

        faults.upstreams("login", "arm").methods("POST", "DELETE");
        assertThat(faults.on(request("login", "POST", "/t", -1))).isPresent();
        assertThat(faults.on(request("content", "GET", "/c", -1))).isEmpty();
        assertThat(faults.on(request("arm", "GET", "/a", 43))).isEmpty();
        faults.rows(14);
        assertThat(faults.on(request("arm", "DELETE", "/a", 13))).isPresent();
        assertThat(faults.on(request("arm", "DELETE", "/a", 4))).isEmpty();
    }

    @Test
    void ratesAboveOneInAllAreRefused() {
        var faults = FaultRates.seeded(1).rate(FaultKind.HANG_UP, 0.6);

        assertThatThrownBy(() -> faults.rate(FaultKind.TIMEOUT, 0.6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FaultRates.mixed(1, -0.1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void throttlingTellsTheWaitInEachOfItsWays() throws Exception {
        assertThat(only(FaultKind.THROTTLED_SECONDS).header("Retry-After")).isEqualTo("7");
        var date = only(FaultKind.THROTTLED_DATE).header("Retry-After");
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isBetween(Instant.now().plusSeconds(3), Instant.now().plusSeconds(7));
        assertThat(only(FaultKind.THROTTLED_SILENTLY).header("Retry-After")).isEmpty();
        var words = only(FaultKind.THROTTLED_IN_WORDS);
        assertThat(words.status()).isEqualTo(429);
        assertThat(words.header("Retry-After")).isEmpty();
        assertThat(words.json().at("/error/message").stringValue()).contains("Please try again after '7' seconds");
    }

    @Test
    void errorsHaveTheirStatusAndHeaders() throws Exception {
        assertThat(only(FaultKind.INTERNAL_ERROR).status()).isEqualTo(500);
        assertThat(only(FaultKind.UNAVAILABLE).header("Retry-After")).isEmpty();
        var busy = only(FaultKind.UNAVAILABLE_RETRY_AFTER);
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.header("Retry-After")).isEqualTo("7");
        var expired = only(FaultKind.EXPIRED_TOKEN);
        assertThat(expired.status()).isEqualTo(401);
        assertThat(expired.json().at("/error/code").stringValue()).isEqualTo("ExpiredAuthenticationToken");
        assertThat(expired.header("WWW-Authenticate")).startsWith("Bearer ");
    }

    @Test
    void aGatewayTimeoutOrHangUpMayHideThatADeleteTookEffect() throws Exception {
        var second = lab.workspace("space1").project("project2");
        simulator.settings().faults = FaultRates.seeded(1).rate(FaultKind.GATEWAY_TIMEOUT, 1);
        assertThat(client.delete(arm(project.armId() + LAB_VERSION)).status()).isEqualTo(504);
        simulator.settings().faults = FaultRates.seeded(1).rate(FaultKind.HANG_UP_AFTER_EFFECT, 1);
        assertThatThrownBy(() -> client.delete(arm(second.armId() + LAB_VERSION)))
                .isInstanceOf(IOException.class);

        assertThat(simulator.estate().projects()).hasSize(2).doesNotContain(project, second);
    }

    @Test
    void aRequestWithoutAnswerIsHeldForTheWholeTime() {
        simulator.settings().faults =
                FaultRates.seeded(1).rate(FaultKind.TIMEOUT, 1).timeout(Duration.ofMillis(300));
        long start = System.nanoTime();

        assertThatThrownBy(() -> client.delete(arm(project.armId() + LAB_VERSION)))
                .isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(simulator.estate().projects()).contains(project);
    }

    @Test
    void aSlowBodyComesWholeButLate() throws Exception {
        var whole = client.get(history("/runs/run-1")).text();
        simulator.settings().faults =
                FaultRates.seeded(1).rate(FaultKind.SLOW_BODY, 1).slowBody(Duration.ofMillis(300));
        long start = System.nanoTime();

        assertThat(client.get(history("/runs/run-1")).text()).isEqualTo(whole);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
    }

    @Test
    void aBodyMayBreakOffOrHoldHalfOfItsJson() throws Exception {
        var whole = client.get(history("/runs")).text();
        assertThatThrownBy(() -> only(FaultKind.TRUNCATED)).isInstanceOf(IOException.class);
        var half = only(FaultKind.HALVED_JSON);

        assertThat(half.status()).isEqualTo(200);
        assertThat(half.text()).isEqualTo(whole.substring(0, half.text().length()));
        assertThat(half.text().length()).isLessThan(whole.length());
    }

    @Test
    void keysMayBeginWithACapitalAtEveryDepth() throws Exception {
        var run = only(FaultKind.CAPITAL_KEYS).json();

        assertThat(run.at("/Value/0/RunId").stringValue()).isEqualTo("run-1");
        assertThat(run.at("/Value/0/CreatedBy/UserObjectId").isString()).isTrue();
        assertThat(run.toString()).doesNotContain("\"runId\"", "\"value\"");
    }
}
