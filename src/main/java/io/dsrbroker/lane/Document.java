package io.dsrbroker.lane;

import io.dsrbroker.export.Payloads;
import io.dsrbroker.export.StoredContent;
import io.dsrbroker.shared.JobId;
import java.util.UUID;

/** Something to be kept for a task. */
sealed interface Document {

    /** Adds it to what a transaction will write. */
    void addTo(Payloads.Batch batch, JobId job);

    /** Bytes held in memory. */
    int size();

    /** A JSON document. */
    final class Json implements Document {

        private final UUID task;
        private final int part;
        private final byte[] bytes;

        Json(UUID task, int part, byte[] bytes) {
            this.task = task;
            this.part = part;
            this.bytes = bytes;
        }

        @Override
        public void addTo(Payloads.Batch batch, JobId job) {
            batch.add(job, task, part, bytes);
        }

        @Override
        public int size() {
            return bytes.length;
        }
    }

    /** Content that lies in the export store already. */
    record Content(UUID task, StoredContent stored) implements Document {

        @Override
        public void addTo(Payloads.Batch batch, JobId job) {
            batch.add(job, task, Payloads.DOCUMENT, stored);
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
