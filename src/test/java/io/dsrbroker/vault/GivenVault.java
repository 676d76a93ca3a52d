package io.dsrbroker.vault;

import io.dsrbroker.support.Keysets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A vault on a database, without Spring. */
public final class GivenVault {

    private static final VaultMetrics METRICS = new VaultMetrics(new SimpleMeterRegistry());

    private GivenVault() {}

    /** One with the keyset that all tests share. */
    public static Vault on(JdbcClient jdbc) {
        KeysetFile keyset = new KeysetFile(Path.of(Keysets.VAULT));
        if (!keyset.exists()) {
            keyset.create();
        }
        DataKeys keys = new DataKeys(jdbc, keyset, METRICS);
        keys.create(DataKeys.FINGERPRINTS);
        return new SealingVault(keys, METRICS);
    }
}
