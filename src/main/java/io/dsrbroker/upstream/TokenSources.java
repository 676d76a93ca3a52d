package io.dsrbroker.upstream;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.dsrbroker.upstream.AccessTokens.Token;
import io.dsrbroker.upstream.AccessTokens.TokenSource;
import io.dsrbroker.upstream.UpstreamProperties.Auth;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;

/** Makes token sources from the configuration. */
final class TokenSources {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> REFUSALS =
            Set.of("invalid_client", "unauthorized_client", "invalid_scope", "access_denied", "invalid_request");

    private TokenSources() {}

    /** Client credentials at any OAuth2 token endpoint (RFC 6749 §4.4). */
    static TokenSource clientCredentials(String upstream, Auth auth) {
        ClientRegistration registration = ClientRegistration.withRegistrationId(upstream)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .tokenUri(required(auth.tokenUri(), upstream, "token-uri").toString())
                .clientId(required(auth.clientId(), upstream, "client-id"))
                .clientSecret(required(auth.clientSecret(), upstream, "client-secret"))
                .scope(auth.scope())
                .build();
        RestClientClientCredentialsTokenResponseClient client = new RestClientClientCredentialsTokenResponseClient();
        client.setRestClient(tokenEndpointClient());
        return () -> {
            try {
                OAuth2AccessToken token = client.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration))
                        .getAccessToken();
                return new Token(
                        token.getTokenValue(),
                        Objects.requireNonNullElseGet(
                                token.getExpiresAt(), () -> Instant.now().plusSeconds(300)));
            } catch (OAuth2AuthorizationException e) {
                String code = code(e);
                throw new TokenUnavailable(REFUSALS.contains(code), "token endpoint: " + code, e);
            } catch (RuntimeException e) {
                throw new TokenUnavailable(false, "token endpoint: no answer", e);
            }
        };
    }

    /** Spring Security reads the error of a 400 only; Entra refuses wrong secrets with 401. */
    private static String code(OAuth2AuthorizationException failure) {
        if (failure.getCause() instanceof RestClientResponseException response) {
            try {
                return Errors.codes(Sending.DOCUMENTS.readTree(response.getResponseBodyAsByteArray())).stream()
                        .findFirst()
                        .orElse("HTTP " + response.getStatusCode().value());
            } catch (JacksonException e) {
                return "HTTP " + response.getStatusCode().value();
            }
        }
        return failure.getError().getErrorCode();
    }

    /** As Spring Security makes it, but with an end to waiting. */
    private static RestClient tokenEndpointClient() {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        requests.setReadTimeout(PATIENCE);
        return RestClient.builder()
                .requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }

    /** Workload identity where the pod has one, else managed identity. */
    static TokenSource azureIdentity(Auth auth) {
        ManagedIdentityCredentialBuilder managed = new ManagedIdentityCredentialBuilder();
        ChainedTokenCredentialBuilder chain = new ChainedTokenCredentialBuilder();
        if (System.getenv("AZURE_FEDERATED_TOKEN_FILE") != null) {
            chain.addLast(new WorkloadIdentityCredentialBuilder().build());
        }
        TokenCredential credential = chain.addLast(
                        auth.clientId() == null
                                ? managed.build()
                                : managed.clientId(auth.clientId()).build())
                .build();
        TokenRequestContext request = new TokenRequestContext().addScopes(auth.scope());
        return () -> {
            try {
                AccessToken token = credential.getTokenSync(request);
                return new Token(token.getToken(), token.getExpiresAt().toInstant());
            } catch (ClientAuthenticationException e) {
                throw new TokenUnavailable(true, "Azure identity: refused", e);
            } catch (RuntimeException e) {
                throw new TokenUnavailable(false, "Azure identity: no answer", e);
            }
        };
    }

    private static <T> T required(@org.jspecify.annotations.Nullable T value, String upstream, String key) {
        if (value == null) {
            throw new IllegalStateException("dsr.upstreams." + upstream + ".auth." + key + " is missing");
        }
        return value;
    }
}
