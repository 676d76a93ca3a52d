package io.dsrbroker.audit;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;

/** This module and those that it may use; no configuration by annotation, so that no other test finds it. */
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackages = "io.dsrbroker.job")
@ComponentScan({
    "io.dsrbroker.shared",
    "io.dsrbroker.tracing",
    "io.dsrbroker.catalogue",
    "io.dsrbroker.vault",
    "io.dsrbroker.job",
    "io.dsrbroker.audit"
})
@ConfigurationPropertiesScan({"io.dsrbroker.catalogue", "io.dsrbroker.vault", "io.dsrbroker.job", "io.dsrbroker.audit"})
final class AuditParts {}
