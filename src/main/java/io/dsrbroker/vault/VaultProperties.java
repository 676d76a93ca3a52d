package io.dsrbroker.vault;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the key-encryption keys are.
 *
 * @param keyset the keys that wrap each request's own key; all replicas need the same, and without it nothing can be opened.
 *     {@code file:} and the path of a Tink keyset in JSON, made at the first start where it is missing; or
 *     {@code azure-key-vault:} and the URL of an RSA key without its version
 */
@Validated
@ConfigurationProperties("dsr.vault")
record VaultProperties(
        @DefaultValue("file:./data/vault-keyset.json") String keyset) {}
