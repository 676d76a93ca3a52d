package io.dsrbroker.export;

import io.dsrbroker.job.TaskViews.Tally;
import java.time.Instant;

/**
 * All tasks of a job as they stood when its package was begun.
 *
 * @param scratch where they lie until this is closed
 * @param entries in the order of a table of contents
 * @param tally by which a later change is noticed
 * @param asOf when the last of them ended: the only time in the package, so that the same tasks make the same bytes
 */
record Snapshot(Scratch scratch, Spool<Entry> entries, Tally tally, Instant asOf) implements AutoCloseable {

    /**
     * A task on its way into the package.
     *
     * @param folder of what it lies in
     */
    record Entry(Item item, String folder) {}

    @Override
    public void close() {
        scratch.close();
    }
}
