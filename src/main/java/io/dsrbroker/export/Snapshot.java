package io.dsrbroker.export;

import io.dsrbroker.job.TaskViews.Tally;
import java.time.Instant;
import java.util.Comparator;

/**
 * All tasks of a job as they stood when its package was begun.
 *
 * @param scratch where they lie until this is closed
 * @param entries in the order of a table of contents
 * @param tally by which a later change is noticed
 * @param asOf when the last of them ended: the only time in the package, so that the same tasks make the same bytes
 */
record Snapshot(Scratch scratch, SortedSpool<Entry> entries, Tally tally, Instant asOf) implements AutoCloseable {

    /**
     * A task on its way into the package.
     *
     * @param folder of what it lies in
     */
    record Entry(Item item, String folder) {

        /** As in a table of contents. */
        static final Comparator<Entry> ORDER = Comparator.comparing(
                        (Entry entry) -> entry.item().target())
                .thenComparing(Entry::folder)
                .thenComparing(entry -> entry.item().type())
                .thenComparing(entry -> entry.item().kind())
                .thenComparing(entry -> entry.item().key(), Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(entry -> entry.item().taskId());
    }

    @Override
    public void close() {
        scratch.close();
    }
}
