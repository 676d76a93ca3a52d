package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Map;

/**
 * Somebody did something to a job, or it moved to another stage; told in the transaction that does it.
 *
 * @param actor the person, or {@link Caller#SYSTEM}
 * @param action a word such as {@code approved}
 * @param detail texts, numbers and flags; no identifier of the subject
 */
public record Acted(JobId job, Caller actor, String action, Map<String, Object> detail) {}
