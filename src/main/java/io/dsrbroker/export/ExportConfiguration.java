package io.dsrbroker.export;

import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the export store. */
@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

    @Bean
    ExportStore exportStore(ExportProperties properties) {
        return new FolderStore(Path.of(properties.store()));
    }
}
