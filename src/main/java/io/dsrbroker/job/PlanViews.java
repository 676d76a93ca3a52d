package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Plans for those who decide about them. */
@Service
public class PlanViews {

    /**
     * A plan.
     *
     * @param hash SHA-256 over its canonical form, 64 hex digits
     * @param difference what has changed since the approved plan before it; null where there was none
     */
    public record PlanView(
            String hash,
            Instant createdAt,
            Summary summary,
            @Nullable Difference difference) {}

    /** What a plan adds up to: resources by type, by target, by action, and what goes with each container. */
    public record Summary(
            Map<String, Long> byType,
            Map<String, Long> byTarget,
            Map<PlanAction, Long> byAction,
            Map<String, Map<PlanAction, Long>> byTypeAndAction,
            List<BlastRadius> blastRadius) {}

    /**
     * What goes with a container, however deep it lies in it.
     *
     * @param container its folder, such as {@code lab/workspaces/ws/projects/p1}
     * @param taskId its DELETE task
     * @param otherPeople how many different people own the others' resources
     */
    public record BlastRadius(
            String container,
            UUID taskId,
            String type,
            String key,
            long subject,
            long others,
            long otherPeople,
            long unknown) {}

    /**
     * How a plan differs from the one that had been approved; the first 100 of each kind.
     *
     * @param previousPlanHash the approved one
     */
    public record Difference(
            String previousPlanHash,
            long addedCount,
            long vanishedCount,
            long changedCount,
            List<Changed> added,
            List<Changed> vanished,
            List<Changed> changed) {}

    /**
     * One resource that differs.
     *
     * @param was its owner, action, reason and cover before; null where it is new
     */
    public record Changed(
            UUID taskId, String type, String key, @Nullable Map<String, @Nullable String> was) {}

    /** One resource of a plan, with its target's name; see {@link PlanItem}. */
    public record Item(
            UUID taskId,
            String target,
            String type,
            String key,
            Owner owner,
            PlanAction action,
            @Nullable Reason reason,
            @Nullable UUID coveredBy,
            boolean irreversible) {}

    /** The plan that was last proposed. {@link NoPlan} for an export, {@link PlanNotReady} before the first. */
    public PlanView of(JobId id) {
        throw new UnsupportedOperationException();
    }

    /** Its resources behind {@code after} in the order of their task ids. */
    public List<Item> items(JobId id, @Nullable UUID after, int limit) {
        throw new UnsupportedOperationException();
    }
}
