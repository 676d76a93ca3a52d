package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Requests;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.Tasks;
import io.dsrbroker.job.Verifications;
import io.dsrbroker.shared.JobId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a slice has taken up and not yet settled. Only the slice's own thread claims; others put down. */
final class Claims {

    private static final Logger log = LoggerFactory.getLogger(Claims.class);
    private static final int CHUNK = 512;
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration REFUSED_FOR = Duration.ofSeconds(2);

    private final Lease lease;
    private final Sources sources;

    private final Map<UUID, JobId> held = new ConcurrentHashMap<>();
    /** Settled since the last claim began, whose snapshot may still show them as they were. */
    private final Set<UUID> justSettled = ConcurrentHashMap.newKeySet();
    /** Not to be asked for again for a while, since when. */
    private final Map<UUID, Long> refused = new ConcurrentHashMap<>();
    /** An outcome of these could not be kept: nothing later of the same try counts. */
    private final Set<UUID> spoilt = ConcurrentHashMap.newKeySet();

    /** Cannot be opened, and are not asked for again in this slice. */
    private final Set<JobId> unreadable = ConcurrentHashMap.newKeySet();

    private final Map<UUID, UUID> behind = new HashMap<>();
    private final Deque<ClaimedTask> reads = new ArrayDeque<>();
    /** Apart, so that deletes, which are few a second, do not keep reads waiting. */
    private final Deque<ClaimedTask> deletes = new ArrayDeque<>();
    /** Replicas died while they worked on these. */
    private final Deque<ClaimedTask> suspects = new ArrayDeque<>();

    private final Set<JobId> silent = new HashSet<>();
    private long refilledAt;
    private long askedAt;

    Claims(Lease lease, Sources sources) {
        this.lease = lease;
        this.sources = sources;
    }

    /** Where claims come from, and where they are noted. */
    record Sources(Tasks tasks, Verifications verifications, Requests requests, LaneClaims notes) {}

    /** Claims the next chunk where it is time to; answers whether anything waits for its turn. */
    boolean refill() {
        // As long as deletes wait for their turn, new reads are looked for from time to time only.
        if (!reads.isEmpty() || (!deletes.isEmpty() && System.nanoTime() - refilledAt < LOOK_EVERY.toNanos())) {
            return true;
        }
        sources.tasks().wakeRetries(lease.lane());
        justSettled.clear();
        refused.values().removeIf(at -> System.nanoTime() - at > REFUSED_FOR.toNanos());
        int before = reads.size() + deletes.size() + suspects.size();
        sources.verifications().due(lease.lane(), CHUNK, unreadable).forEach(this::claim);
        sources.tasks().awaited(lease.lane(), CHUNK, unreadable).forEach(this::claim);
        ready().forEach(task -> {
            behind.put(task.job().value(), task.id());
            claim(task);
        });
        if (reads.size() + deletes.size() + suspects.size() > before) {
            sources.notes().note(lease.lane(), lease.epoch(), Map.copyOf(held), false);
        }
        refilledAt = System.nanoTime();
        return !reads.isEmpty() || !deletes.isEmpty() || !suspects.isEmpty();
    }

    private List<ClaimedTask> ready() {
        boolean deletesToo = deletes.size() < CHUNK;
        List<ClaimedTask> found = sources.tasks().ready(lease.lane(), behind, CHUNK, deletesToo, unreadable);
        if (!found.isEmpty() || behind.isEmpty()) {
            return found;
        }
        // At the end of every job: begin again, for what has become READY behind us.
        behind.clear();
        return sources.tasks().ready(lease.lane(), behind, CHUNK, deletesToo, unreadable);
    }

    private void claim(ClaimedTask task) {
        if (!task.readable()) {
            shun(task.job());
        }
        if (unreadable.contains(task.job()) || held.putIfAbsent(task.id(), task.job()) != null) {
            return;
        }
        spoilt.remove(task.id());
        if (justSettled.contains(task.id()) || refused.containsKey(task.id())) {
            held.remove(task.id());
        } else if (task.crashes() >= LaneClaims.SUSPECT) {
            suspects.add(task);
        } else if (task.kind() == TaskKind.DELETE && !task.awaited()) {
            deletes.add(task);
        } else {
            reads.add(task);
        }
    }

    /** The next to work on, among others; null where none is. */
    @Nullable
    ClaimedTask next(boolean deletesToo) {
        ClaimedTask read = reads.poll();
        return read == null && deletesToo ? deletes.poll() : read;
    }

    /** Whether all that is left must be worked on alone. */
    boolean onlySuspects() {
        return reads.isEmpty() && deletes.isEmpty() && !suspects.isEmpty();
    }

    /** The next to work on alone in this process, and noted as such; null while that is another lane's turn. */
    @Nullable
    ClaimedTask suspect() {
        if (!sources.notes().soloBegins()) {
            return null;
        }
        ClaimedTask suspect = suspects.remove();
        log.warn(
                "Job {} task {}: replicas have died {} times with it; it is worked on alone",
                suspect.job(),
                suspect.id(),
                suspect.crashes());
        sources.notes().note(lease.lane(), lease.epoch(), Map.of(suspect.id(), suspect.job()), true);
        return suspect;
    }

    /** A suspect has been worked on. */
    void suspectEnded() {
        sources.notes().soloEnds();
    }

    /** Whether its job was held, or has ended, since it was claimed. */
    boolean silent(ClaimedTask task) {
        if (System.nanoTime() - askedAt >= LOOK_EVERY.toNanos()) {
            Set<JobId> asked = new HashSet<>(held.values());
            asked.add(task.job());
            silent.clear();
            silent.addAll(sources.requests().silent(asked));
            askedAt = System.nanoTime();
        }
        return silent.contains(task.job());
    }

    /** It was settled. */
    void settled(UUID task) {
        // In this order: a claim that sees it neither here nor there would take it again.
        justSettled.add(task);
        held.remove(task);
    }

    /** It stays as it is. */
    void putBack(UUID task) {
        held.remove(task);
    }

    /** It stays as it is, and is not taken up again for a while. */
    void refuse(UUID task) {
        refused.put(task, System.nanoTime());
        held.remove(task);
    }

    /** An outcome of these could not be kept. */
    void spoil(Set<UUID> tasks) {
        spoilt.addAll(tasks);
    }

    /** Whether nothing more of this try counts. */
    boolean spoilt(UUID task) {
        return spoilt.contains(task);
    }

    /** Nothing of a job that cannot be opened is taken up again in this slice. */
    void shun(JobId job) {
        unreadable.add(job);
    }

    /** Gives back what nobody has begun to work on. */
    void drop() {
        reads.forEach(task -> held.remove(task.id()));
        deletes.forEach(task -> held.remove(task.id()));
        suspects.forEach(task -> held.remove(task.id()));
        reads.clear();
        deletes.clear();
        suspects.clear();
    }
}
