package io.dsrbroker.export;

import jakarta.validation.constraints.NotBlank;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the export.
 *
 * @param store the folder that holds contents and packages, or {@code azure-blob:} and the URL of a container
 * @param accountKey the storage account's key, for emulators; without it the broker's own identity is used
 * @param storeMoved the id of the store that is not used any more, on purpose; the log names it
 */
@Validated
@ConfigurationProperties("dsr.export")
record ExportProperties(
        @DefaultValue("data/export") @NotBlank String store,
        @Nullable String accountKey,
        @Nullable UUID storeMoved) {

    @Override
    public String toString() {
        return "ExportProperties[" + store + "]";
    }
}
