package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Evidence;
import io.dsrbroker.job.JobContext;
import io.dsrbroker.upstream.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One try of one task: what it is about, the evidence so far, and where its results go. */
final class Attempt {

    private final ClaimedTask task;
    private final JobContext job;
    private final Gate gate;
    private final Consumer<Result> results;
    private final Predicate<Evidence> intents;
    private final long startedAt = System.nanoTime();
    private final List<Evidence> evidence = new ArrayList<>();
    private String outcome = "";

    /** {@code intents} commits that a DELETE is about to be sent, and answers whether it may be. */
    Attempt(ClaimedTask task, JobContext job, Gate gate, Consumer<Result> results, Predicate<Evidence> intents) {
        this.task = task;
        this.job = job;
        this.gate = gate;
        this.results = results;
        this.intents = intents;
    }

    ClaimedTask task() {
        return task;
    }

    JobContext job() {
        return job;
    }

    Gate gate() {
        return gate;
    }

    /** Adds what a call came to; answers it as evidence. */
    Evidence saw(@Nullable Integer row, Exchange exchange) {
        Evidence seen = new Evidence(
                row,
                exchange.method(),
                exchange.status(),
                exchange.requestId(),
                exchange.correlationId(),
                exchange.at(),
                exchange.sha256(),
                exchange.bytes());
        evidence.add(seen);
        return seen;
    }

    /** How much evidence there is since it was last taken. */
    int seen() {
        return evidence.size();
    }

    /** Commits that a DELETE is about to be sent; answers whether it may be. */
    boolean intends(Evidence intent) {
        return intents.test(intent);
    }

    /** The evidence since it was last asked for. */
    List<Evidence> takeEvidence() {
        List<Evidence> taken = List.copyOf(evidence);
        evidence.clear();
        return taken;
    }

    long millis() {
        return (System.nanoTime() - startedAt) / 1_000_000;
    }

    /** What became of the task so far, as traces tell it: its state, a reading that proves absence, or nothing yet. */
    String outcome() {
        return outcome;
    }

    void emit(Result result) {
        outcome = result.reading() == null ? result.change().state().name() : "READ_AGAIN";
        results.accept(result);
    }
}
