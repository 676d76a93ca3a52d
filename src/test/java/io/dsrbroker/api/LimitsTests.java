package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.test.context.TestPropertySource;

/** In an order, because all tests call from one address. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestPropertySource(
        properties = {
            "dsr.limits.requests-per-second=1",
            "dsr.limits.burst=20",
            "dsr.limits.anonymous-per-second=1",
            "dsr.limits.anonymous-burst=8",
            "dsr.limits.streams=2"
        })
class LimitsTests extends ApiTestCase {

    private static String token(String sub, @Nullable String client) {
        return Tokens.with(claims -> claims.subject(sub).claim("azp", client).claim("scope", "dsr.read"));
    }

    private HttpResponse<String> seen(String path, @Nullable String token) {
        return token == null ? get(path).send() : get(path).as(token).send();
    }

    private int callsUntilTooMany(@Nullable String token) {
        return untilTooMany(() -> seen("/api/v1/catalogue", token));
    }

    /** Calls until it is refused; answers how often it was not. */
    private static int untilTooMany(Supplier<HttpResponse<String>> call) {
        for (int calls = 0; calls < 150; calls++) {
            HttpResponse<String> answer = call.get();
            if (answer.statusCode() == 429) {
                assertTooMany(answer);
                return calls;
            }
        }
        return 150;
    }

    private static void assertTooMany(HttpResponse<String> answer) {
        assertProblem(answer, 429, "too-many-requests");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("")))
                .isBetween(1, 20);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    @Order(1)
    void clientThatCallsTooOftenIsToldWhenToComeBackAndOthersAreNot() {
        assertThat(callsUntilTooMany(token("ann", "busy"))).isBetween(20, 60);
        assertTooMany(seen("/api/v1/catalogue", token("bob", "busy")));
        assertThat(seen("/api/v1/catalogue", token("ann", "calm")).statusCode()).isEqualTo(200);
        assertThat(seen("/api/v1/catalogue", token("ann", null)).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(1)
    void callsThatTheClientMayNotMakeCountToo() {
        String token = token("ann", "curious");
        assertThat(untilTooMany(() ->
                        call("POST", "/api/v1/lanes/lane/resume").as(token).send()))
                .isBetween(20, 60);
    }

    @Test
    @Order(1)
    void streamsOfOneClientAreBounded() throws Exception {
        UUID job = submitted();
        String events = "/api/v1/requests/" + job + "/events";
        String token = token("ann", "watcher");
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        for (int stream = 0; stream < 2; stream++) {
            var answer = get(events).as(token).send(HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            open.add(answer);
        }
        assertTooMany(seen(events, token));
        assertThat(get(events)
                        .as(token("ann", "calm"))
                        .send(HttpResponse.BodyHandlers.ofInputStream())
                        .statusCode())
                .isEqualTo(200);
        jdbc.sql("update job set stage = 'COMPLETED' where id = ?").param(job).update();
        for (HttpResponse<InputStream> stream : open) {
            stream.body().readAllBytes();
        }
        Awaitility.await()
                .pollInterval(java.time.Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(seen(events, token).statusCode()).isEqualTo(200));
    }

    @Test
    @Order(2)
    void callsWithoutAGoodTokenAreCountedByAddress() {
        for (int person = 0; person < 20; person++) {
            assertThat(seen("/api/v1/catalogue", token("person-" + person, null))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(untilTooMany(() -> get("/swagger-ui/index.html")
                        .header("Authorization", "x")
                        .send()))
                .isBetween(8, 40);
        assertThat(callsUntilTooMany(null)).isBetween(0, 10);
        assertThat(untilTooMany(
                        () -> get("/swagger-ui/index.html").as("nonsense").send()))
                .isBetween(0, 10);
    }

    @Test
    @Order(3)
    void addressThatSendsTokensThatAreNoGoodKeepsNobodyOutWhoseTokenIsGood() {
        String good = token("steady", "steady");
        assertThat(seen("/api/v1/catalogue", good).statusCode()).isEqualTo(200);
        AtomicInteger number = new AtomicInteger();
        assertThat(untilTooMany(() -> seen("/api/v1/catalogue", "nonsense-" + number.incrementAndGet())))
                .isBetween(40, 120);
        callsUntilTooMany(null);
        assertThat(seen("/api/v1/catalogue", good).statusCode()).isEqualTo(200);
    }
}
