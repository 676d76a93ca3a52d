package io.dsrbroker.api;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Swagger UI gets its tokens; without both, a token has to be pasted.
 *
 * @param authorizationUrl the identity provider's page to sign in
 * @param tokenUrl the identity provider's token endpoint
 */
@ConfigurationProperties("dsr.openapi")
record OpenApiProperties(
        @Nullable String authorizationUrl, @Nullable String tokenUrl) {}
