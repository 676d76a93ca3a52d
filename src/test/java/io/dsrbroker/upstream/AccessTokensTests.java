package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AccessTokensTests {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final AtomicInteger fetched = new AtomicInteger();
    private final AccessTokens tokens = new AccessTokens(
            Map.of(
                    "arm",
                    () -> new AccessTokens.Token(
                            "t" + fetched.incrementAndGet(), now.get().plusSeconds(3600))),
            clock);

    @Test
    void tokenIsFetchedOnceForAllWhoWait() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                threads.execute(() -> tokens.of("arm"));
            }
        }
        assertThat(fetched).hasValue(1);
    }

    @Test
    void tokenIsFetchedAnewShortlyBeforeItsEnd() {
        assertThat(tokens.of("arm")).isEqualTo("t1");
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(57)));
        assertThat(tokens.of("arm")).isEqualTo("t1");
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(61)));
        assertThat(tokens.of("arm")).isEqualTo("t2");
    }

    @Test
    void rejectedTokenIsForgottenOnce() {
        tokens.of("arm");
        tokens.reject("arm", "t1");
        assertThat(tokens.of("arm")).isEqualTo("t2");
        tokens.reject("arm", "t1");
        assertThat(tokens.of("arm")).isEqualTo("t2");
    }

    @Test
    void upstreamWithoutSourceNeedsNoToken() {
        assertThat(tokens.of("gallery-catalog")).isNull();
    }
}
