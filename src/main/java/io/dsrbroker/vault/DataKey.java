package io.dsrbroker.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.prf.HkdfPrfKey;
import com.google.crypto.tink.prf.HkdfPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingKey;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What one data key can do. Its 32 bytes are the key of an HKDF, from which one key is derived for values (AES-256-GCM)
 * and one for streams (AES-256-GCM in segments of 64 KB); marks are the HKDF's own output.
 */
@AccessesPartialKey // the derived bytes become keys of their own
final class DataKey {

    static final int BYTES = 32;

    private static final int SEGMENT = 1 << 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    static {
        try {
            AeadConfig.register();
            StreamingAeadConfig.register();
            PrfConfig.register();
        } catch (GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PrfSet prf;
    private final Aead values;
    private final StreamingAead streams;

    private DataKey(PrfSet prf) throws GeneralSecurityException {
        this.prf = prf;
        AesGcmParameters gcm = AesGcmParameters.builder()
                .setKeySizeBytes(BYTES)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
        this.values = primitive(
                AesGcmKey.builder()
                        .setParameters(gcm)
                        .setKeyBytes(derived("values"))
                        .build(),
                Aead.class);
        this.streams = primitive(
                AesGcmHkdfStreamingKey.create(
                        AesGcmHkdfStreamingParameters.builder()
                                .setKeySizeBytes(BYTES)
                                .setDerivedAesGcmKeySizeBytes(BYTES)
                                .setHkdfHashType(AesGcmHkdfStreamingParameters.HashType.SHA256)
                                .setCiphertextSegmentSizeBytes(SEGMENT)
                                .build(),
                        derived("streams")),
                StreamingAead.class);
    }

    /** The key with these bytes. */
    static DataKey of(byte[] secret) {
        try {
            HkdfPrfParameters hkdf = HkdfPrfParameters.builder()
                    .setKeySizeBytes(BYTES)
                    .setHashType(HkdfPrfParameters.HashType.SHA256)
                    .build();
            HkdfPrfKey key = HkdfPrfKey.builder()
                    .setParameters(hkdf)
                    .setKeyBytes(SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()))
                    .build();
            return new DataKey(primitive(key, PrfSet.class));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("No data key", e);
        }
    }

    /** The bytes of a new key. */
    static byte[] fresh() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    private static <P> P primitive(Key key, Class<P> type) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), type);
    }

    private SecretBytes derived(String purpose) throws GeneralSecurityException {
        return SecretBytes.copyFrom(
                compute("key", purpose.getBytes(StandardCharsets.UTF_8)), InsecureSecretKeyAccess.get());
    }

    private byte[] compute(String purpose, byte[] value) throws GeneralSecurityException {
        byte[] name = (purpose + ":").getBytes(StandardCharsets.UTF_8);
        byte[] input = java.util.Arrays.copyOf(name, name.length + value.length);
        System.arraycopy(value, 0, input, name.length, value.length);
        return prf.computePrimary(input, BYTES);
    }

    Aead values() {
        return values;
    }

    StreamingAead streams() {
        return streams;
    }

    /** A digest of a value that nobody can make without the key; 64 hex digits. */
    String mark(byte[] value) {
        try {
            return HexFormat.of().formatHex(compute("mark", value));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
