package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotaEnforcementTests extends SimulatorTestCase {

    private static final String REMAINING = "x-ms-ratelimit-remaining-subscription-";

    private final Quotas quotas = simulator.settings().quotas;
    private final AtomicLong nanos = new AtomicLong();
    private final Quotas timed = new Quotas(nanos::get);

    private String lab() {
        return arm(lab.armId() + LAB_VERSION);
    }

    private long retryAfter(String path) {
        var grant = timed.take(Upstream.ARM, "GET", path, Instant.EPOCH);
        assertThat(grant).isNotNull();
        return grant == null ? -1 : grant.retryAfterSeconds();
    }

    @Test
    void anEmptyBucketRefusesAndTellsWholeSecondsRoundedUp() throws Exception {
        quotas.limit("arm", Quotas.Kind.READ, 0.4, 2);

        assertThat(client.get(lab()).header(REMAINING + "reads")).isEqualTo("1");
        assertThat(client.get(lab()).header(REMAINING + "reads")).isEqualTo("0");
        var refused = client.get(lab());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("3");
        assertThat(refused.header(REMAINING + "reads")).isEqualTo("0");
        assertThat(refused.json().at("/error/code").stringValue()).isEqualTo("TooManyRequests");
        assertThat(simulator.log().getLast().status()).isEqualTo(429);
        assertThat(simulator.log().getLast().row()).isEqualTo(43);
    }

    @Test
    void deletesAndReadsAreCountedApartAndOtherUpstreamsAreNotLimited() throws Exception {
        quotas.limit("arm", Quotas.Kind.DELETE, 0.001, 1);

        var deleted = client.delete(arm(project.armId() + LAB_VERSION));
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.header(REMAINING + "deletes")).isEqualTo("0");
        assertThat(client.delete(arm(project.armId() + LAB_VERSION)).status()).isEqualTo(429);
        assertThat(client.get(lab()).header(REMAINING + "reads")).isEqualTo("11999");
        assertThat(client.get(models("/models")).status()).isEqualTo(200);
        assertThat(quotas.usage("arm", Quotas.Kind.DELETE).allowed()).isEqualTo(1);
        assertThat(quotas.usage("arm", Quotas.Kind.DELETE).refused()).isEqualTo(1);
        assertThat(quotas.usage("arm", Quotas.Kind.READ).allowed()).isZero();
    }

    @Test
    void aCallBeforeTheToldTimeIsRefusedAgainWithWhatIsLeft() {
        timed.limit("arm", Quotas.Kind.READ, 2, 1);
        assertThat(retryAfter("/subscriptions/s")).isZero();
        timed.limit("arm", Quotas.Kind.READ, 0.25, 1);
        assertThat(retryAfter("/subscriptions/s")).isZero();
        assertThat(retryAfter("/subscriptions/s")).isEqualTo(4);

        nanos.set(1_500_000_000L);
        assertThat(retryAfter("/subscriptions/s")).isEqualTo(3);
        nanos.set(3_999_999_999L);
        assertThat(retryAfter("/subscriptions/s")).isEqualTo(1);
        nanos.set(4_000_000_000L);
        assertThat(retryAfter("/subscriptions/s")).isZero();
        assertThat(timed.usage("arm", Quotas.Kind.READ).refused()).isEqualTo(3);
    }

    @Test
    void aTokenThatCameBackDoesNotHelpBeforeTheToldTime() {
        timed.limit("arm", Quotas.Kind.READ, 10, 1);
        assertThat(retryAfter("/subscriptions/s")).isZero();
        assertThat(retryAfter("/subscriptions/s")).isEqualTo(1);
        nanos.set(200_000_000L);
        assertThat(retryAfter("/subscriptions/s")).isEqualTo(1);
    }

    @Test
    void eachSubscriptionOfTheResourceManagerHasItsOwnBucket() {
        timed.limit("arm", Quotas.Kind.READ, 1, 1);

        assertThat(retryAfter("/subscriptions/one/x")).isZero();
        assertThat(retryAfter("/subscriptions/ONE/y")).isEqualTo(1);
        assertThat(retryAfter("/subscriptions/two")).isZero();
    }

    @Test
    void manyAtOnceGetExactlyTheBucket() throws Exception {
        quotas.limit("experiments", Quotas.Kind.READ, 0.001, 20);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Client.Answer> read = () -> client.get(history("/experiments"));
            assertThat(threads.invokeAll(Collections.nCopies(60, read)))
                    .allSatisfy(answer -> assertThat(answer.get().status()).isIn(200, 429));
        }
        var usage = quotas.usage("experiments", Quotas.Kind.READ);
        assertThat(usage.allowed()).isEqualTo(20);
        assertThat(usage.refused()).isEqualTo(40);
        assertThat(usage.first()).isNotNull().isBeforeOrEqualTo(usage.last());
        assertThat(simulator.log().stream().filter(request -> request.status() == 200))
                .hasSize(20);
        quotas.lift("experiments", Quotas.Kind.READ);
        assertThat(client.get(history("/experiments")).status()).isEqualTo(200);
    }
}
