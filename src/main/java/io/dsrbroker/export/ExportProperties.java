package io.dsrbroker.export;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the export.
 *
 * @param store the folder that holds contents and packages
 */
@Validated
@ConfigurationProperties("dsr.export")
record ExportProperties(
        @DefaultValue("data/export") @NotBlank String store) {}
