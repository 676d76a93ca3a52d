package io.dsrbroker.vault;

import io.dsrbroker.support.Keysets;
import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A vault on a database, without Spring. */
public final class GivenVault {

    private GivenVault() {}

    /** One with the keyset that all tests share. */
    public static Vault on(JdbcClient jdbc) {
        KeysetFile keyset = new KeysetFile(Path.of(Keysets.VAULT));
        if (!keyset.exists()) {
            keyset.create();
        }
        DataKeys keys = new DataKeys(jdbc, keyset);
        keys.create(DataKeys.FINGERPRINTS);
        return new SealingVault(keys);
    }
}
