package io.dsrbroker.lane;

import io.dsrbroker.upstream.Outcome;
import java.time.Duration;

/**
 * Whether an upstream works: after many failures in a row its lane pauses, and longer each time as long as nothing has
 * worked in between. After a pause one call at a time is tried, until one works.
 */
final class Health {

    private static final int FAILURES = 20;
    private static final int FAILURES_OF_PROBES = 3;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private int setbacksBefore;
    private int failures;
    private boolean worked;

    /** After this many pauses in a row. */
    Health(int setbacks) {
        this.setbacksBefore = setbacks;
    }

    /** Counts an outcome; answers whether the lane should pause because of it. */
    synchronized boolean breaks(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unavailable ignored -> failed();
            case Outcome.Retired retired -> retired.exchange().status() == null ? failed() : works();
            case Outcome.Throttled ignored -> false;
            case Outcome.CredentialsRejected ignored -> false;
            case Outcome.Hostile ignored -> false;
            case Outcome.Unaddressable ignored -> false;
            case Outcome.Answered ignored -> works();
            case Outcome.Accepted ignored -> works();
            case Outcome.Received ignored -> works();
            case Outcome.Absent ignored -> works();
            case Outcome.AbsenceUnproven ignored -> works();
            case Outcome.Forbidden ignored -> works();
            case Outcome.Locked ignored -> works();
            case Outcome.InUse ignored -> works();
            case Outcome.Rejected ignored -> works();
            case Outcome.Poison ignored -> works();
        };
    }

    /** Any answer of its own shows that it works, also a refusal. */
    synchronized boolean works() {
        failures = 0;
        worked = true;
        return false;
    }

    private boolean failed() {
        failures++;
        return failures >= (probing() ? FAILURES_OF_PROBES : FAILURES);
    }

    /** Whether nothing has worked since the last pause: one call at a time then. */
    synchronized boolean probing() {
        return setbacksBefore > 0 && !worked;
    }

    /** Pauses in a row without a call between them that worked. */
    synchronized int setbacks() {
        return worked ? 0 : setbacksBefore;
    }

    /** A pause is over. */
    synchronized void setback() {
        setbacksBefore = setbacks() + 1;
        failures = 0;
        worked = false;
    }

    /** How long to pause: doubles with every setback. */
    synchronized Duration pause(Duration first) {
        Duration doubled = first.multipliedBy(1L << Math.min(setbacks(), 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
