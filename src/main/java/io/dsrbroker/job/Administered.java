package io.dsrbroker.job;

import java.util.Map;

/**
 * Somebody changed what belongs to no job, such as a registered target or a lane; told in the transaction that does it.
 *
 * @param actor the person, or {@link Caller#SYSTEM}
 * @param action a word such as {@code lane-paused}
 * @param detail texts, numbers and flags; no identifier of a subject
 */
public record Administered(Caller actor, String action, Map<String, Object> detail) {}
