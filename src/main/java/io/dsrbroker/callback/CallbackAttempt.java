package io.dsrbroker.callback;

import io.dsrbroker.job.Portals;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tries one callback, and writes down what came of it. */
@Component
class CallbackAttempt {

    private static final Logger log = LoggerFactory.getLogger(CallbackAttempt.class);
    private static final double JITTER = 0.1;

    private final Portals portals;
    private final CallbackRules rules;
    private final CallbackClient client;
    private final CallbackRows rows;
    private final List<Duration> schedule;

    CallbackAttempt(
            Portals portals,
            CallbackRules rules,
            CallbackClient client,
            CallbackRows rows,
            CallbackProperties properties) {
        this.portals = portals;
        this.rules = rules;
        this.client = client;
        this.rows = rows;
        this.schedule = properties.retrySchedule();
    }

    /** What an interrupted try came to is not known; it is then made again. */
    void make(Pending callback, BooleanSupplier abandoned) {
        Verdict verdict = send(callback);
        if (verdict instanceof Verdict.Failed && abandoned.getAsBoolean()) {
            return;
        }
        log.info(
                "Callback {} of job {}: attempt {}, {}, status {}",
                callback.id(),
                callback.job(),
                callback.attempts() + 1,
                verdict.getClass().getSimpleName(),
                verdict.status());
        switch (verdict) {
            case Verdict.Delivered delivered -> rows.delivered(callback, delivered.status());
            case Verdict.Gone gone -> rows.gone(callback, gone.status());
            case Verdict.Failed failed -> failed(callback, failed);
        }
    }

    /** The settings may have changed since the request was taken in. */
    private Verdict send(Pending callback) {
        String text;
        try {
            text = portals.callbackUrl(callback.job()).orElse(null);
        } catch (RuntimeException e) {
            // Thrown further it would hold up what else is due at the host.
            log.warn("The callback URL of job {} could not be opened", callback.job(), e);
            return new Verdict.Failed(null, Words.SEALED, null);
        }
        if (text == null) {
            return new Verdict.Failed(null, Words.NO_URL, null);
        }
        URI url = URI.create(text);
        return rules.refusal(url).isPresent()
                ? new Verdict.Failed(null, Words.NOT_ALLOWED, null)
                : client.send(callback, url);
    }

    private void failed(Pending callback, Verdict.Failed failed) {
        if (callback.tries() >= schedule.size()) {
            log.error(
                    "Callback {} of job {} was tried for the last time; it can be replayed",
                    callback.id(),
                    callback.job());
            rows.failed(callback, failed);
            return;
        }
        Duration wait = jittered(schedule.get(callback.tries()));
        Duration asked = failed.asked();
        rows.waiting(callback, failed, asked != null && asked.compareTo(wait) > 0 ? asked : wait);
    }

    /** Up to a tenth longer, lest all that failed together come back together. */
    private static Duration jittered(Duration wait) {
        return wait.plusMillis(
                (long) (wait.toMillis() * JITTER * ThreadLocalRandom.current().nextDouble()));
    }
}
