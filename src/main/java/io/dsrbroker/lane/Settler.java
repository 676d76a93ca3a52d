package io.dsrbroker.lane;

import io.dsrbroker.export.Payloads;
import io.dsrbroker.job.Containers;
import io.dsrbroker.job.EndedTasks;
import io.dsrbroker.job.Evidence;
import io.dsrbroker.job.NewContainer;
import io.dsrbroker.job.NewTask;
import io.dsrbroker.job.PlanItem;
import io.dsrbroker.job.PlanItems;
import io.dsrbroker.job.Progress;
import io.dsrbroker.job.TaskChange;
import io.dsrbroker.job.Tasks;
import io.dsrbroker.job.Verifications;
import io.dsrbroker.shared.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes what a batch of tries came to, in one short transaction that only the lane's holder can commit. */
@Component
class Settler {

    private static final Logger log = LoggerFactory.getLogger(Settler.class);

    private final TransactionTemplate transaction;
    private final LaneRows lanes;
    private final Containers containers;
    private final Tasks tasks;
    private final Payloads payloads;
    private final Progress progress;
    private final Upkeep upkeep;

    /** What is written along: of a delete its plan and its proofs, and of everything the figures. */
    @Component
    record Upkeep(PlanItems plan, Verifications verifications, VerifyProperties properties, LaneMetrics metrics) {

        Verifications.Rules rules() {
            return new Verifications.Rules(properties.reads(), properties.spacing(), properties.patience());
        }
    }

    Settler(
            TransactionTemplate transaction,
            LaneRows lanes,
            Containers containers,
            Tasks tasks,
            Payloads payloads,
            Progress progress,
            Upkeep upkeep) {
        this.transaction = transaction;
        this.lanes = lanes;
        this.containers = containers;
        this.tasks = tasks;
        this.payloads = payloads;
        this.progress = progress;
        this.upkeep = upkeep;
    }

    /**
     * Settles a batch and moves the jobs on whose tasks it changed. Answers the tasks that failed because what they
     * brought cannot be kept.
     *
     * @throws LaneRows.LaneLost when another replica holds the lane; nothing was written then
     */
    Set<UUID> settle(String lane, long epoch, List<Result> results) {
        Set<UUID> spoilt = new HashSet<>();
        try {
            write(lane, epoch, results);
        } catch (DataIntegrityViolationException e) {
            log.warn(
                    "Lane {}: a batch of {} cannot be kept; each outcome is settled by itself",
                    lane,
                    results.size(),
                    e);
            for (Result result : results) {
                // What comes after a page that cannot be kept must not make its list look complete.
                if (!spoilt.contains(result.task().id()) && !alone(lane, epoch, result)) {
                    spoilt.add(result.task().id());
                }
            }
        }
        results.stream().filter(Result::last).forEach(result -> tell(lane, result));
        progress.moved(results.stream()
                        .map(result -> result.task().job().value())
                        .collect(Collectors.toSet()))
                .forEach(this::bringUpToDate);
        return spoilt;
    }

    /** One job that cannot be brought up to date must not spoil the outcomes of others. */
    private void bringUpToDate(JobId job) {
        try {
            progress.reconsider(job);
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("Job {}: its stage could not be brought up to date; that is tried again", job, e);
        }
    }

    /** An outcome that the database refuses fails its own task only. Answers whether it was kept. */
    private boolean alone(String lane, long epoch, Result result) {
        try {
            write(lane, epoch, List.of(result));
            return true;
        } catch (DataIntegrityViolationException e) {
            log.error(
                    "Lane {}: what task {} brought cannot be kept; it fails",
                    lane,
                    result.task().id(),
                    e);
            write(lane, epoch, List.of(result.poisoned()));
            return false;
        }
    }

    private void write(String lane, long epoch, List<Result> results) {
        // Sealed outside the transaction, job by job: of a job that has ended meanwhile nothing more is kept.
        Map<JobId, Payloads.Batch> documents = new LinkedHashMap<>();
        results.forEach(result -> result.documents()
                .forEach(document -> document.addTo(
                        documents.computeIfAbsent(result.task().job(), job -> payloads.batch()),
                        result.task().job())));
        List<EndedTasks> ended = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            lanes.fence(lane, epoch);
            Map<JobId, List<Result>> alive = byJob(results);
            alive.keySet().retainAll(upkeep.plan().alive(alive.keySet()));
            List<Result> kept = alive.values().stream().flatMap(List::stream).toList();
            alive.forEach((job, mine) -> {
                containers.add(job, distinct(mine));
                tasks.add(job, births(mine), evidence(mine));
                byPass(mine).forEach((pass, planned) -> upkeep.plan().add(job, pass, planned));
            });
            ended.addAll(tasks.settle(lane, newest(kept)));
            kept.forEach(result -> ended.addAll(settle(lane, result)));
            documents.keySet().retainAll(alive.keySet());
            documents.values().forEach(payloads::keep);
        });
        upkeep.metrics().settled(ended);
    }

    private List<EndedTasks> settle(String lane, Result result) {
        Verifications.Reading reading = result.reading();
        if (reading == null) {
            return List.of();
        }
        List<Evidence> evidence = result.change().evidence();
        return upkeep.verifications()
                .settle(
                        lane,
                        result.task().job(),
                        result.task().id(),
                        Objects.requireNonNull(result.task().verifying()),
                        reading,
                        upkeep.rules(),
                        evidence.isEmpty() ? null : evidence.getLast());
    }

    /** Two sightings of the same thing in a batch are one: the first. */
    private static Map<Integer, List<PlanItem>> byPass(List<Result> results) {
        Map<Integer, Map<UUID, PlanItem>> passes = new LinkedHashMap<>();
        results.forEach(result -> result.planned()
                .forEach(item -> passes.computeIfAbsent(result.task().pass(), any -> new LinkedHashMap<>())
                        .putIfAbsent(item.taskId(), item)));
        Map<Integer, List<PlanItem>> items = new LinkedHashMap<>();
        passes.forEach((pass, planned) -> items.put(pass, List.copyOf(planned.values())));
        return items;
    }

    private static Map<JobId, List<Result>> byJob(List<Result> results) {
        return results.stream()
                .collect(Collectors.groupingBy(result -> result.task().job(), LinkedHashMap::new, Collectors.toList()));
    }

    private static List<NewContainer> distinct(List<Result> results) {
        Map<UUID, NewContainer> fresh = new LinkedHashMap<>();
        Map<UUID, NewContainer> refined = new LinkedHashMap<>();
        results.stream()
                .flatMap(result -> result.containers().stream())
                .forEach(container -> (container.refines() ? refined : fresh).put(container.id(), container));
        List<NewContainer> all = new ArrayList<>(fresh.values());
        all.addAll(refined.values());
        return all;
    }

    private static List<NewTask> births(List<Result> results) {
        Map<UUID, NewTask> births = new LinkedHashMap<>();
        results.stream()
                .flatMap(result -> result.births().stream())
                .forEach(task -> births.putIfAbsent(task.id(), task));
        return List.copyOf(births.values());
    }

    private static Map<UUID, Evidence> evidence(List<Result> results) {
        Map<UUID, Evidence> evidence = new HashMap<>();
        results.forEach(result -> evidence.putAll(result.evidence()));
        return evidence;
    }

    /** Several pages of one list in a batch are one change: the last, with the evidence of all. */
    private static List<TaskChange> newest(List<Result> results) {
        Map<UUID, TaskChange> changes = new LinkedHashMap<>();
        results.stream()
                .filter(result -> result.reading() == null)
                .forEach(result ->
                        changes.merge(result.change().id(), result.change(), (older, newer) -> newer.after(older)));
        return List.copyOf(changes.values());
    }

    private static void tell(String lane, Result result) {
        Verifications.Reading reading = result.reading();
        if (reading != null) {
            log.info(
                    "Job {} task {} lane {} read again, outcome {} in {} ms",
                    result.task().job(),
                    result.task().id(),
                    lane,
                    reading.getClass().getSimpleName(),
                    result.millis());
            return;
        }
        log.info(
                "Job {} task {} lane {} attempt {} outcome {}{} in {} ms",
                result.task().job(),
                result.task().id(),
                lane,
                result.task().attempts() + 1,
                result.change().state(),
                result.change().reason() == null ? "" : " " + result.change().reason(),
                result.millis());
    }
}
