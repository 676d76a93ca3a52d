package io.dsrbroker.console;

import io.dsrbroker.api.Guards;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * The console's client at the identity provider, and whom its tokens name: the access token is checked as the API checks
 * it, and says what a person may do.
 */
@Component
@WithConsole
class SignIn implements ClientRegistrationRepository, OAuth2UserService<OidcUserRequest, OidcUser> {

    static final String CLIENT = "console";

    private final ConsoleProperties properties;
    private final JwtDecoder tokens;
    private final JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();
    private final Supplier<ClientRegistration> registration;

    SignIn(
            ConsoleProperties properties,
            JwtDecoder tokens,
            @Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri:}") String issuer,
            @Value("${spring.security.oauth2.resourceserver.jwt.jwk-set-uri:}") String keys) {
        this.properties = properties;
        this.tokens = tokens;
        // When somebody signs in for the first time: a broker starts without its identity provider.
        this.registration = SingletonSupplier.of(() -> registration(issuer, keys));
    }

    private ClientRegistration registration(String issuer, String keys) {
        ClientRegistration.Builder client = keys.isEmpty()
                ? ClientRegistrations.fromIssuerLocation(issuer)
                : ClientRegistration.withRegistrationId(CLIENT)
                        .issuerUri(issuer)
                        .jwkSetUri(keys);
        client.registrationId(CLIENT)
                .clientId(Objects.requireNonNull(properties.clientId()))
                .authorizationGrantType(
                        org.springframework.security.oauth2.core.AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}" + ConsoleSecurity.ROOT + "/login/oauth2/code/{registrationId}")
                .scope(properties.scopes())
                .userNameAttributeName("sub")
                .clientName("dsr-broker")
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build());
        if (StringUtils.hasText(properties.clientSecret())) {
            client.clientSecret(properties.clientSecret())
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        } else {
            client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
        }
        if (properties.authorizationUrl() != null) {
            client.authorizationUri(properties.authorizationUrl());
        }
        if (properties.tokenUrl() != null) {
            client.tokenUri(properties.tokenUrl());
        }
        return client.build();
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        return id.equals(CLIENT) ? registration.get() : null;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        try {
            Jwt access = tokens.decode(request.getAccessToken().getTokenValue());
            Collection<GrantedAuthority> authorities = scopes.convert(access);
            return new ConsoleUser(Guards.callerOf(access), access, request.getIdToken(), authorities);
        } catch (JwtException e) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(
                            OAuth2ErrorCodes.INVALID_TOKEN, "The access token is not one that the API accepts.", null),
                    e);
        }
    }
}
