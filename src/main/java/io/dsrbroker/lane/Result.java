package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Evidence;
import io.dsrbroker.job.NewContainer;
import io.dsrbroker.job.NewTask;
import io.dsrbroker.job.PlanItem;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskChange;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.job.Verifications;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one try, or one page of a list, came to; settled in one transaction.
 *
 * @param change what becomes of the task itself
 * @param containers newly found places
 * @param births new tasks
 * @param evidence of tasks born with their document
 * @param documents what is to be kept, redacted
 * @param planned what a delete plans to do with what was found
 * @param reading of a list that was read again to prove absence; then {@code change} changes nothing
 * @param last whether the task is done with for now; a page in the middle of a list is not
 * @param millis how long the try took
 */
record Result(
        ClaimedTask task,
        TaskChange change,
        List<NewContainer> containers,
        List<NewTask> births,
        Map<UUID, Evidence> evidence,
        List<Document> documents,
        List<PlanItem> planned,
        Verifications.@Nullable Reading reading,
        boolean last,
        long millis) {

    Result(
            ClaimedTask task,
            TaskChange change,
            List<NewContainer> containers,
            List<NewTask> births,
            Map<UUID, Evidence> evidence,
            List<Document> documents,
            boolean last,
            long millis) {
        this(task, change, containers, births, evidence, documents, List.of(), null, last, millis);
    }

    /** How many bytes it holds in memory, roughly. */
    int weight() {
        int weight = 1024 + births.size() * 512 + planned.size() * 256;
        for (Document document : documents) {
            weight += document.size();
        }
        return weight;
    }

    /** The same try, coming to nothing because what it brought cannot be kept. */
    Result poisoned() {
        TaskChange failed = new TaskChange(
                task.job(),
                task.id(),
                TaskState.FAILED,
                Reason.POISON,
                "What the upstream answered cannot be kept.",
                null,
                task.step(),
                null,
                null,
                null,
                1,
                false,
                true,
                null,
                change.found(),
                change.evidence());
        return new Result(task, failed, List.of(), List.of(), Map.of(), List.of(), true, millis);
    }
}
