package io.dsrbroker.api;

import io.dsrbroker.shared.JobId;

/**
 * The answer to a request that was taken in, the same however often it is sent.
 *
 * @param body the view of the request at that time, as JSON
 */
record Accepted(JobId id, String body) {}
