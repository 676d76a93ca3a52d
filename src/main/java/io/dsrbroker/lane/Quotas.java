package io.dsrbroker.lane;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the lanes of each upstream may send, for people. */
@Component
public class Quotas {

    private final LaneLimits.Book book;

    Quotas(LaneLimits.Book book) {
        this.book = book;
    }

    /**
     * What one lane of an upstream may send.
     *
     * @param readsPerSecond null where there is no limit
     * @param deletesPerSecond null where there is no limit
     * @param concurrency calls in flight at a time
     */
    public record Quota(
            @Nullable Double readsPerSecond, @Nullable Double deletesPerSecond, int concurrency) {}

    /** The quota of an upstream's lanes. */
    public Quota of(String upstream) {
        LaneLimits limits = book.of(upstream);
        return new Quota(limits.readsPerSecond(), limits.deletesPerSecond(), limits.concurrency());
    }
}
