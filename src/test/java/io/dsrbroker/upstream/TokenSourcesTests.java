package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dsrbroker.upstream.AccessTokens.TokenSource;
import io.dsrbroker.upstream.UpstreamProperties.Auth;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSourcesTests {

    private static final String DEFAULT_SCOPE = "https://management.core.windows.net//.default";

    private final Stub stub = new Stub();

    @AfterEach
    void close() {
        stub.close();
    }

    private TokenSource source(String scope) {
        URI endpoint = URI.create(stub.base() + "/tenant/oauth2/v2.0/token");
        return TokenSources.clientCredentials(
                "arm", new Auth(Auth.Type.CLIENT_CREDENTIALS, endpoint, "broker", "s3cret", scope));
    }

    @Test
    @DisplayName("§3 Token endpoint: a form with the credentials of the client brings a token and its life")
    void formBringsAToken() {
        stub.answering(
                200,
                "{'token_type':'Bearer','expires_in':3599,'access_token':'abc'}",
                "Content-Type: application/json");
        assertThat(source(DEFAULT_SCOPE).fetch().value()).isEqualTo("abc");
        assertThat(stub.asked).containsExactly("POST /tenant/oauth2/v2.0/token");
        assertThat(form()).contains("grant_type=client_credentials", "client_id=broker", "client_secret=s3cret");
    }

    @ParameterizedTest
    @DisplayName("§3 Audience, §3 Newer data plane: the scope is sent as configured, double slash included")
    @ValueSource(strings = {DEFAULT_SCOPE, "https://management.azure.com//.default", "https://ml.azure.com/.default"})
    void scopeIsSentAsConfigured(String scope) {
        stub.answering(
                200, "{'token_type':'Bearer','expires_in':60,'access_token':'abc'}", "Content-Type: application/json");
        source(scope).fetch();
        assertThat(form().split("&")).contains("scope=" + scope);
    }

    @Test
    @DisplayName("§3 Audience: the default scope has the double slash")
    void defaultScopeHasTheDoubleSlash() {
        UpstreamProperties properties = Wired.properties("upstreams.arm.auth.type=client-credentials");
        Auth auth = java.util.Objects.requireNonNull(properties.of("arm").auth());
        assertThat(auth.scope()).isEqualTo(DEFAULT_SCOPE);
    }

    @Test
    @DisplayName("T12, §3 Token endpoint: refused credentials are told apart from an endpoint that fails")
    void refusedCredentialsAreToldApart() {
        stub.answering(
                        401,
                        "{'error':'invalid_client','error_description':'AADSTS7000215: Invalid client secret.',"
                                + "'error_codes':[7000215]}",
                        "Content-Type: application/json")
                .answering(500, "");
        TokenSource source = source(DEFAULT_SCOPE);
        assertThatExceptionOfType(TokenUnavailable.class)
                .isThrownBy(source::fetch)
                .matches(TokenUnavailable::rejected)
                .matches(refused -> refused.words().equals("token endpoint: invalid_client"));
        assertThatExceptionOfType(TokenUnavailable.class)
                .isThrownBy(source::fetch)
                .matches(failed -> !failed.rejected());
    }

    @Test
    @DisplayName("§3 Headers out: every call has an id of its own and asks for it back")
    void everyCallHasAnIdOfItsOwn() {
        stub.answering(200, "{}").answering(200, "{}");
        try (Wired wired = new Wired(stub.base(), "egress.allow-http=true", "egress.allow-private-addresses=true")) {
            wired.client.call(wired.request("GET", "/a"));
            wired.client.call(wired.request("GET", "/b"));
        }
        assertThat(stub.received)
                .hasSize(2)
                .allSatisfy(received -> {
                    assertThat(UUID.fromString(received.headers().getFirst("x-ms-client-request-id")))
                            .isNotNull();
                    assertThat(received.headers().getFirst("x-ms-return-client-request-id"))
                            .isEqualTo("true");
                })
                .extracting(received -> received.headers().getFirst("x-ms-client-request-id"))
                .doesNotHaveDuplicates();
    }

    private String form() {
        return URLDecoder.decode(stub.received.getLast().body(), StandardCharsets.UTF_8);
    }
}
