package io.dsrbroker.vault;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds the key-encryption keys, and makes them where there never were any. */
@Configuration(proxyBeanMethods = false)
class VaultConfiguration {

    private static final Logger log = LoggerFactory.getLogger(VaultConfiguration.class);
    private static final String FILE = "file:";
    private static final String KEY_VAULT = "azure-key-vault:";

    @Bean
    KeyEncryption keyEncryption(VaultProperties properties) {
        String location = properties.keyset();
        if (location.startsWith(KEY_VAULT)) {
            return AzureKeyVault.at(location.substring(KEY_VAULT.length()));
        }
        String path = location.startsWith(FILE) ? location.substring(FILE.length()) : location;
        if (path.isBlank() || path.matches("[a-z][a-z0-9+-]+:.*")) {
            throw new KeysetUnusable("dsr.vault.keyset must be a path, or begin with " + FILE + " or " + KEY_VAULT);
        }
        return new KeysetFile(Path.of(path));
    }

    /** Checks before anything is sealed that everything sealed before can be opened. */
    @Bean
    Unsealing unsealing(KeyEncryption encryption, DataKeys keys) {
        if (encryption instanceof KeysetFile file && !file.exists()) {
            if (keys.any()) {
                throw new KeysetUnusable(
                        "The keyset " + file + " is not there, but the database's keys were wrapped with"
                                + " one. Without it nothing that is kept can be opened: restore it");
            }
            if (file.create()) {
                log.warn(
                        "MADE A NEW KEYSET at {}. Whoever has it can open everything that is kept of people, and without"
                                + " it nothing can be opened: keep it safe, and apart from the database's backups",
                        file);
            }
        }
        keys.create(DataKeys.FINGERPRINTS);
        keys.unwrapOneOfEach();
        return new Unsealing();
    }

    /** That the keys are the right ones was seen. */
    record Unsealing() {}
}
