package io.dsrbroker.export;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.job.Evidence;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.TaskView;
import io.dsrbroker.job.TaskViews;
import io.dsrbroker.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes snapshots of a job's tasks into a local file, so that no transaction is open while the package is written. */
@Component
class Snapshots {

    private final TaskViews tasks;
    private final Catalogue catalogue;
    private final Vault vault;
    private final JsonMapper json;

    Snapshots(TaskViews tasks, Catalogue catalogue, Vault vault, JsonMapper json) {
        this.tasks = tasks;
        this.catalogue = catalogue;
        this.vault = vault;
        this.json = json;
    }

    /** Takes one; close it when the package is written. */
    Snapshot take(JobSummary job) throws IOException {
        Scratch scratch = new Scratch(job.id(), vault, json);
        try {
            return take(job, scratch);
        } catch (IOException | RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    private Snapshot take(JobSummary job, Scratch scratch) throws IOException {
        Count count = new Count();
        SortedSpool<Snapshot.Entry> entries =
                new SortedSpool<>(Snapshot.Entry.ORDER, run -> scratch.spool("tasks-" + run, Snapshot.Entry.class));
        try (entries) {
            tasks.each(job.id(), task -> {
                count.see(task);
                try {
                    entries.add(entry(task));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        Instant last = count.last;
        return new Snapshot(scratch, entries, count.tally(), last == null ? job.createdAt() : last);
    }

    private Snapshot.Entry entry(TaskView task) {
        Evidence evidence = ofDocument(task);
        Integer row = evidence == null ? null : evidence.row();
        return new Snapshot.Entry(
                new Item(
                        task.id(),
                        task.kind(),
                        task.target(),
                        task.type(),
                        task.key(),
                        task.state(),
                        task.reason(),
                        task.detail(),
                        task.nextStep(),
                        row,
                        row == null ? null : catalogue.source(row).orElse(null),
                        evidence == null ? null : evidence.at(),
                        null,
                        null,
                        null,
                        null,
                        task.found()),
                task.path());
    }

    /** The evidence of the document itself: where a link beside it was asked for later, the first, else the newest. */
    private @Nullable Evidence ofDocument(TaskView task) {
        ResourceType type = catalogue.types().get(task.type());
        boolean linkFollows =
                type != null && type.attach() != null && !task.history().isEmpty();
        return linkFollows ? task.history().getFirst() : task.evidence();
    }

    /** Counts as {@link TaskViews#tally} does, from the very rows that were read. */
    private static final class Count {

        private long tasks;
        private long ended;
        private @Nullable Instant last;

        void see(TaskView task) {
            tasks++;
            Instant at = task.finishedAt();
            if (at != null) {
                ended++;
                last = last == null || at.isAfter(last) ? at : last;
            }
        }

        TaskViews.Tally tally() {
            return new TaskViews.Tally(tasks, ended, last);
        }
    }
}
