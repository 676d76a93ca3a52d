package io.dsrbroker.export;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The figures of the export store; {@code docs/metrics.md} says what each means. */
@Component
class ExportMetrics {

    private final MeterRegistry registry;

    ExportMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows how much fits into this folder still. */
    void watch(Path folder) {
        Gauge.builder("dsr.store.free", folder.toAbsolutePath(), ExportMetrics::free)
                .description("Free space of the export store")
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    /** The folder is made when it is first needed; until then its nearest ancestor says it. */
    private static double free(Path folder) {
        @Nullable Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            return there == null ? Double.NaN : Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
