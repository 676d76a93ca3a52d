package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.helm.Alert;
import io.dsrbroker.helm.Alerts;
import io.dsrbroker.helm.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Reads what real brokers tell Prometheus, and asks the chart's alert that a test's {@link Fires} names whether it fires. Each
 * look counts as a quarter of a minute. How long an alert must last before anybody is told is not waited for.
 */
final class Alarm implements BeforeEachCallback, AfterEachCallback {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final Supplier<List<String>> replicas;
    private final List<Scrape> scrapes = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private @Nullable Alert alert;
    private boolean quiet;
    private boolean fired;

    /** Reads the replicas whose actuators these are; one that nobody answers for is gone. */
    Alarm(Supplier<List<String>> replicas) {
        this.replicas = replicas;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Fires fires = context.getRequiredTestMethod().getAnnotation(Fires.class);
        alert = fires == null ? null : Alerts.load(fires.value());
        scrapes.clear();
        quiet = false;
        fired = false;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (alert != null && context.getExecutionException().isEmpty()) {
            assertThat(quiet).as("%s was seen quiet", alert.name()).isTrue();
            assertThat(fired).as("%s was seen firing", alert.name()).isTrue();
        }
    }

    /** Takes another number in the expression for the one that stands there. */
    void insteadOf(String number, String other) {
        alert = alert().insteadOf(number, other);
    }

    /** Waits until two scrapes do not let it fire; what was before them is forgotten. */
    void isQuiet() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> {
                    scrapes.clear();
                    look();
                    look();
                    assertThat(firing(alert(), Map.of())).as(alert().name()).isFalse();
                });
        quiet = true;
    }

    /** Waits until it fires, for something with these labels (name, value, …) among others. */
    void fires(String... labels) {
        fires(() -> {}, labels);
    }

    /** The same while something is done before every look. */
    void fires(Runnable meanwhile, String... labels) {
        assertThat(quiet).as("%s was quiet before", alert().name()).isTrue();
        Map<String, String> wanted = labels.length == 0 ? Map.of() : Map.of(labels[0], labels[1]);
        Awaitility.await()
                .alias(alert().name() + " fires for " + wanted)
                .atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    meanwhile.run();
                    look();
                    return firing(alert(), wanted);
                });
        fired = true;
    }

    /** The alerts that fire now. */
    List<String> firing() {
        scrapes.clear();
        look();
        look();
        return Alerts.load().stream()
                .filter(each -> firing(each, Map.of()))
                .map(Alert::name)
                .toList();
    }

    private Alert alert() {
        return Objects.requireNonNull(alert, "A test without an alert");
    }

    private void look() {
        now = now.plus(INTERVAL);
        scrapes.add(Scrape.of(
                now,
                replicas.get().stream()
                        .map(Alarm::read)
                        .flatMap(Optional::stream)
                        .toArray(String[]::new)));
    }

    /** After the newest scrape and any before it, as there are several within the range of a rate. */
    private boolean firing(Alert one, Map<String, String> labels) {
        Scrape newest = scrapes.getLast();
        return scrapes.stream()
                .flatMap(before -> one.firingOn(before, newest).stream())
                .anyMatch(found -> found.entrySet().containsAll(labels.entrySet()));
    }

    private static Optional<String> read(String actuator) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(actuator + "/actuator/prometheus"))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return Optional.of(answer).filter(one -> one.statusCode() == 200).map(HttpResponse::body);
        } catch (IOException e) {
            // To Prometheus it is down.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
