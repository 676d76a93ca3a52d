package io.dsrbroker.vault;

import io.dsrbroker.shared.JobId;

/** What is kept of this job can be opened no more: its time was over, and its key was destroyed. */
public final class KeyDestroyed extends RuntimeException {

    KeyDestroyed(JobId job) {
        super("The key of job " + job + " was destroyed");
    }
}
