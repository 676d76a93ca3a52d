package io.dsrbroker.vault;

import io.dsrbroker.shared.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Seals with a key per job, which is wrapped by a key-encryption key. */
@Component
class SealingVault implements Vault {

    private final DataKeys keys;
    private final VaultMetrics metrics;

    SealingVault(DataKeys keys, VaultMetrics metrics) {
        this.keys = keys;
        this.metrics = metrics;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(JobId job) {
        keys.create(job.value());
    }

    @Override
    public byte[] seal(JobId job, String place, byte[] plain) {
        try {
            return key(job).values().encrypt(plain, bound(job, place));
        } catch (GeneralSecurityException e) {
            metrics.failed(VaultMetrics.Operation.SEAL);
            throw new IllegalStateException("Could not seal", e);
        }
    }

    @Override
    public byte[] open(JobId job, String place, byte[] sealed) {
        try {
            return key(job).values().decrypt(sealed, bound(job, place));
        } catch (GeneralSecurityException e) {
            throw broken(place, e);
        }
    }

    @Override
    public OutputStream sealing(JobId job, String place, OutputStream to) throws IOException {
        try {
            return key(job).streams().newEncryptingStream(to, bound(job, place));
        } catch (GeneralSecurityException e) {
            metrics.failed(VaultMetrics.Operation.SEAL);
            throw new IllegalStateException("Could not seal", e);
        }
    }

    @Override
    public InputStream opening(JobId job, String place, InputStream from) throws IOException {
        try {
            return key(job).streams().newDecryptingStream(from, bound(job, place));
        } catch (GeneralSecurityException e) {
            from.close();
            throw broken(place, e);
        } catch (RuntimeException e) {
            from.close();
            throw e;
        }
    }

    @Override
    public InputStream opening(JobId job, String place, SeekableByteChannel from, long offset) throws IOException {
        try {
            SeekableByteChannel plain = key(job).streams().newSeekableDecryptingChannel(from, bound(job, place));
            plain.position(offset);
            return Channels.newInputStream(new Forward(plain));
        } catch (GeneralSecurityException e) {
            from.close();
            throw broken(place, e);
        } catch (IOException | RuntimeException e) {
            from.close();
            throw e;
        }
    }

    @Override
    public String mark(JobId job, String value) {
        return key(job).mark(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String fingerprint(byte[] value) {
        return keys.find(DataKeys.FINGERPRINTS)
                .orElseThrow(() -> new KeysetUnusable("The key of fingerprints is missing"))
                .mark(value);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void destroy(JobId job) {
        keys.destroy(job.value());
    }

    /** Reads on and does nothing else: a sealed channel does not know its size before it was read from. */
    private record Forward(SeekableByteChannel plain) implements ReadableByteChannel {

        @Override
        public int read(ByteBuffer to) throws IOException {
            return plain.read(to);
        }

        @Override
        public boolean isOpen() {
            return plain.isOpen();
        }

        @Override
        public void close() throws IOException {
            plain.close();
        }
    }

    private SealBroken broken(String place, GeneralSecurityException cause) {
        metrics.failed(VaultMetrics.Operation.OPEN);
        return new SealBroken(place, cause);
    }

    private DataKey key(JobId job) {
        return keys.find(job.value()).orElseThrow(() -> new KeyDestroyed(job));
    }

    private static byte[] bound(JobId job, String place) {
        return (job + "/" + place).getBytes(StandardCharsets.UTF_8);
    }
}
