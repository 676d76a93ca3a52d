package io.dsrbroker.support;

import com.nimbusds.jose.jwk.JWK;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/** Issues signed tokens for people and portals; people may also sign in at its page with any name, and
 * whoever asks by {@code client_credentials} gets a token for the person that the client id names. */
public final class Issuer implements AutoCloseable {

    /** The settings of a broker at whose console people may sign in. */
    public static final Map<String, String> CONSOLE = Map.of("dsr.console.client-id", "dsr-console");

    /** Every scope there is. */
    public static final String ALL_SCOPES = "dsr.create dsr.read dsr.approve dsr.operate dsr.download dsr.audit";

    private static final String NAME = "dsr";

    private final MockOAuth2Server server =
            new MockOAuth2Server(OAuth2Config.Companion.fromJson("""
            { "interactiveLogin": true,
              "tokenCallbacks": [
                { "issuerId": "dsr", "tokenExpiry": 3600,
                  "requestMappings": [
                    { "requestParam": "client_id", "match": "dsr-console",
                      "claims": { "aud": ["dsr-broker", "dsr-console"], "azp": "dsr-console", "scope": "%1$s" } },
                    { "requestParam": "grant_type", "match": "authorization_code",
                      "claims": { "aud": ["dsr-broker"], "azp": "swagger-ui", "scope": "%1$s" } },
                    { "requestParam": "grant_type", "match": "client_credentials",
                      "claims": { "sub": "${clientId}", "aud": ["dsr-broker"], "azp": "portal", "scope": "%1$s" } } ] } ] }
            """.formatted(ALL_SCOPES)));

    /** Starts on this address and port; a token says that it comes from wherever it was fetched. */
    public Issuer(InetAddress address, int port) {
        server.start(address, port);
    }

    /** Starts on this port of the loopback interface; 0 is any free one. */
    public Issuer(int port) {
        this(InetAddress.getLoopbackAddress(), port);
    }

    /** Starts on a free port. */
    public Issuer() {
        this(0);
    }

    /** A token that lives an hour. */
    public String token(String sub, String scopes) {
        return server.issueToken(
                        NAME,
                        "portal",
                        new DefaultOAuth2TokenCallback(
                                NAME,
                                sub,
                                "JWT",
                                List.of("dsr-broker"),
                                Map.of("scope", scopes, "azp", "portal"),
                                3600))
                .serialize();
    }

    /** Whoever signs in next at the console gets these scopes and no others. */
    public void limitNextSignIn(String scopes) {
        limitNextSignIn(scopes, 3600);
    }

    /** The same for so many seconds. */
    public void limitNextSignIn(String scopes, long seconds) {
        server.enqueueCallback(new DefaultOAuth2TokenCallback(
                NAME,
                "somebody",
                "JWT",
                List.of("dsr-broker", "dsr-console"),
                Map.of("scope", scopes, "azp", "dsr-console"),
                seconds));
    }

    /** A token with exactly these claims, signed with its key; beside them it says when it was issued and when it ends. */
    public String signed(Map<String, Object> claims, Duration lifetime) {
        return server.anyToken(server.issuerUrl(NAME), claims, lifetime).serialize();
    }

    /** The same with the same key, but by another name. */
    public String signedByAnotherName(Map<String, Object> claims, Duration lifetime) {
        return server.anyToken(
                        server.issuerUrl(NAME)
                                .newBuilder()
                                .host("issuer.example")
                                .build(),
                        claims,
                        lifetime)
                .serialize();
    }

    /** Its name as tokens have it. */
    public String url() {
        return server.issuerUrl(NAME).toString();
    }

    /** The key by which its signatures are checked, and its id. */
    public JWK publicKey() {
        return server.getConfig()
                .getTokenProvider()
                .publicJwkSet(NAME)
                .getKeys()
                .getFirst();
    }

    /** The settings by which the broker trusts it. */
    public Map<String, String> settings() {
        return Map.of(
                "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                server.issuerUrl(NAME).toString(),
                "dsr.openapi.authorization-url",
                server.authorizationEndpointUrl(NAME).toString(),
                "dsr.openapi.token-url",
                server.tokenEndpointUrl(NAME).toString());
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
