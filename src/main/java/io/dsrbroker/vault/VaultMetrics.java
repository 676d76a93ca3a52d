package io.dsrbroker.vault;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The figures of the vault; {@code docs/metrics.md} says what each means. */
@Component
class VaultMetrics {

    private final MeterRegistry registry;

    VaultMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Operation operation : Operation.values()) {
            failures(operation);
        }
    }

    /** What can fail. */
    enum Operation {
        /** Encrypting a job's key with the key-encryption key. */
        WRAP,
        /** Decrypting a job's key with the key-encryption key. */
        UNWRAP,
        /** Encrypting something with a job's key. */
        SEAL,
        /** Decrypting something with a job's key. */
        OPEN
    }

    void failed(Operation operation) {
        failures(operation).increment();
    }

    private Counter failures(Operation operation) {
        return Counter.builder("dsr.vault.failures")
                .description("Keys that could not be wrapped or unwrapped, and what could not be sealed or opened")
                .tag("operation", operation.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
