package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;

/**
 * A job has moved to another stage; told in the transaction that moves it, by who holds the lock on the job's row.
 *
 * @param seq numbers the changes of a job from 1
 */
public record StageChanged(JobId job, int seq, Stage stage, Instant at) {}
