package io.dsrbroker.audit;

import jakarta.validation.constraints.NotBlank;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ResourceUtils;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of receipts.
 *
 * @param keyset the file of the keys that sign receipts and checkpoints, made at the first start where it is missing; all
 *     replicas need the same
 * @param issuer the {@code iss} of receipts and checkpoints
 */
@Validated
@ConfigurationProperties("dsr.receipt")
record ReceiptProperties(
        @DefaultValue("file:./data/receipt-keyset.json") @NotBlank
        String keyset,

        @DefaultValue("dsr-broker") @NotBlank String issuer) {

    Path file() {
        try {
            return ResourceUtils.getFile(keyset).toPath();
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException("dsr.receipt.keyset must be a file", e);
        }
    }
}
