package io.dsrbroker.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What discovery says is to be done with one resource.
 *
 * @param taskId its DELETE or MANUAL task
 * @param target ordinal of its target
 * @param containerId where it is filed
 * @param person keyed hash of its owner where that is another person
 * @param reason why it is skipped
 * @param coveredBy the task whose deletion takes it along
 */
public record PlanItem(
        UUID taskId,
        int target,
        UUID containerId,
        String type,
        String key,
        Owner owner,
        @Nullable String person,
        PlanAction action,
        @Nullable Reason reason,
        @Nullable UUID coveredBy) {}
