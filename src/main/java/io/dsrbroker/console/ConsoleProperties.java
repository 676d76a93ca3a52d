package io.dsrbroker.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in at the console, by OpenID Connect with the issuer of the API's tokens; there is no console without
 * {@code dsr.console.client-id}.
 *
 * @param clientId the console's client at the identity provider, with the redirect URI {@code
 *     https://<host>/console/login/oauth2/code/console}
 * @param clientSecret its secret; without one it is a public client, and PKCE alone protects the sign-in
 * @param authorizationUrl the page to sign in, where browsers reach it by another address than the issuer's metadata say
 * @param tokenUrl the token endpoint, where the broker reaches it by another address than the issuer's metadata say
 * @param scopes what is asked for; what the access token has then decides what a person may do
 */
@ConfigurationProperties("dsr.console")
record ConsoleProperties(
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String authorizationUrl,
        @Nullable String tokenUrl,

        @DefaultValue({
            "openid",
            "profile",
            "dsr.create",
            "dsr.read",
            "dsr.approve",
            "dsr.operate",
            "dsr.download",
            "dsr.audit"
        })
        List<String> scopes) {}
