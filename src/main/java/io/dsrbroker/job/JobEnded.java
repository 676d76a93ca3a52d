package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;

/** A job has ended; told in the transaction that ends it. */
public record JobEnded(JobId job, RequestType type, Stage stage) {}
