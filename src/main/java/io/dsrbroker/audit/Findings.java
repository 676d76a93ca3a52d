package io.dsrbroker.audit;

import io.dsrbroker.shared.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects findings; of very many it keeps the first. */
final class Findings {

    static final int MOST = 1000;

    private final List<Finding> first = new ArrayList<>();
    private long count;

    void in(JobId chain, @Nullable Long seq, String what) {
        add(chain.equals(AuditEntries.BROKER) ? null : chain.value(), seq, what);
    }

    void inCheckpoint(long seq, String what) {
        add(null, seq, "checkpoint " + seq + ": " + what);
    }

    private void add(@Nullable UUID request, @Nullable Long seq, String what) {
        if (count++ < MOST) {
            first.add(new Finding(request, seq, what));
        }
    }

    List<Finding> first() {
        return List.copyOf(first);
    }

    long count() {
        return count;
    }
}
