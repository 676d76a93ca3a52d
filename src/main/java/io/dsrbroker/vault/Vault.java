package io.dsrbroker.vault;

import io.dsrbroker.shared.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/**
 * Seals what is kept of a subject, job by job, so that destroying a job's key destroys what the broker kept.
 *
 * <p>{@code place} names table, row and column: what was sealed for one place opens at no other, and for no other job.
 * Every method but {@link #begin} and {@link #fingerprint} throws {@link KeyDestroyed} for a job that has no key.
 */
public interface Vault {

    /** Makes a job's key, in the transaction that makes the job. */
    void begin(JobId job);

    /** Seals a value for a place. */
    byte[] seal(JobId job, String place, byte[] plain);

    /** Opens what {@link #seal} made for the same job and place; anything else is {@link SealBroken}. */
    byte[] open(JobId job, String place, byte[] sealed);

    /** A stream that seals what is written to it on its way to {@code to}, 64 KB at a time. */
    OutputStream sealing(JobId job, String place, OutputStream to) throws IOException;

    /** A stream that opens what {@link #sealing} wrote; what was changed is an {@link IOException}. */
    InputStream opening(JobId job, String place, InputStream from) throws IOException;

    /** The same from this plain byte on; what lies before is not read. */
    InputStream opening(JobId job, String place, SeekableByteChannel from, long offset) throws IOException;

    /** A keyed digest by which equal values of a job can be found without keeping them; 64 hex digits. */
    String mark(JobId job, String value);

    /** A keyed digest by which equal values can be found across jobs without keeping them; 64 hex digits. */
    String fingerprint(byte[] value);

    /** Destroys a job's key: from then on nothing that was sealed for it can be opened by anybody. */
    void destroy(JobId job);
}
