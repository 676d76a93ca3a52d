package io.dsrbroker.callback;

import io.dsrbroker.shared.JobId;
import java.util.UUID;

/**
 * A callback that is due.
 *
 * @param body the same at every try
 * @param attempts tries of its whole life; whoever settles one must have seen all before, and every replay
 * @param tries tries since it was written or replayed, which is where it stands in the retry schedule
 * @param replays how often somebody had it sent again
 */
record Pending(UUID id, JobId job, String body, int attempts, int tries, int replays) {}
