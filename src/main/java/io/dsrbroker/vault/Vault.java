package io.dsrbroker.vault;

import io.dsrbroker.shared.JobId;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Seals what is kept of a subject, job by job, so that destroying a job's key destroys what the broker kept.
 *
 * <p>{@code place} names table, row and column: what was sealed for one place opens at no other.
 */
public interface Vault {

    /** Seals a value for a place. */
    byte[] seal(JobId job, String place, byte[] plain);

    /** Opens what {@link #seal} made for the same job and place. */
    byte[] open(JobId job, String place, byte[] sealed);

    /** A stream that seals what is written to it on its way to {@code to}. */
    OutputStream sealing(JobId job, String place, OutputStream to);

    /** A stream that opens what {@link #sealing} wrote. */
    InputStream opening(JobId job, String place, InputStream from);

    /** A digest by which equal values can be found without keeping them. */
    String fingerprint(byte[] value);
}
