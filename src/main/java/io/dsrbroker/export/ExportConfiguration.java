package io.dsrbroker.export;

import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the export store. */
@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

    @Bean
    ExportStore exportStore(ExportProperties properties, ExportMetrics metrics) {
        Path folder = Path.of(properties.store());
        metrics.watch(folder);
        return new FolderStore(folder);
    }
}
