package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JwsTests {

    /** The example of RFC 8037, appendix A. */
    private static final Map<String, String> RFC_8037 = Map.of(
            "kty", "OKP",
            "crv", "Ed25519",
            "kid", "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
            "d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
            "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");

    private static final SigningKey KEY = SigningKey.generate();
    private static final KeySet KEYS = new KeySet(List.of(KEY));
    private static final String TYP = "test+jwt";

    private final String compact = Jws.sign(KEY, TYP, Map.of("a", 1, "b", "ä"));

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String reason(String compact) {
        try {
            Jws.verified(compact, TYP, KEYS);
            return "";
        } catch (InvalidJws e) {
            return e.why();
        }
    }

    private String withHeader(String header) {
        return encoded(header) + compact.substring(compact.indexOf('.'));
    }

    @Test
    void keyAndThumbprintAreThoseOfTheStandard() throws Exception {
        SigningKey key = SigningKey.of(RFC_8037);
        java.security.Signature signing = java.security.Signature.getInstance("Ed25519");
        signing.initSign(key.privateKey());
        signing.update("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII));
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(signing.sign()))
                .isEqualTo("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    @Test
    void whatWasSignedIsReadBack() {
        assertThat(Jws.verified(compact, TYP, KEYS).claims()).isEqualTo(Map.of("a", 1, "b", "ä"));
        assertThat(Jws.sign(KEY, TYP, Map.of("b", "ä", "a", 1))).isEqualTo(compact);
    }

    @Test
    void everyCharacterChangedIsFound() {
        for (int at = 0; at < compact.length(); at++) {
            char other = compact.charAt(at) == 'A' ? 'B' : 'A';
            String changed = compact.substring(0, at) + other + compact.substring(at + 1);
            assertThat(reason(changed)).as("at %d", at).isNotEmpty();
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(reason("nonsense")).isEqualTo("not a JWS in compact form");
        assertThat(reason("a.b.c")).startsWith("not a JWS");
        assertThat(reason(compact + "=")).isEqualTo("not a JWS: not base64url");
        assertThat(reason(compact.substring(0, compact.length() - 2))).startsWith("bad signature");
        assertThat(reason(Jws.sign(SigningKey.generate(), TYP, Map.of()))).startsWith("unknown kid");
        assertThat(reason(Jws.sign(KEY, "other+jwt", Map.of()))).isEqualTo("typ is not test+jwt");
        String kid = "\"kid\":\"" + KEY.kid() + "\",\"typ\":\"" + TYP + "\"";
        assertThat(reason(withHeader("{\"alg\":\"none\"," + kid + "}"))).startsWith("wrong alg");
        assertThat(reason(withHeader("{\"alg\":\"HS256\"," + kid + "}"))).startsWith("wrong alg");
        assertThat(reason(withHeader("{\"alg\":\"EdDSA\",\"alg\":\"none\"," + kid + "}")))
                .contains("no JSON object");
        for (String member : List.of("crit", "jwk", "jku", "x5c", "b64")) {
            assertThat(reason(withHeader("{\"alg\":\"EdDSA\"," + kid + ",\"" + member + "\":[]}")))
                    .isEqualTo("header member " + member + " is not accepted");
        }
        assertThat(reason(withHeader("{\"alg\":\"EdDSA\",\"typ\":\"test+jwt\"}")))
                .contains("lacks kid");
        assertThat(reason(encoded("{\"alg\":\"EdDSA\"," + kid + "}") + "." + encoded("[]") + ".AA"))
                .startsWith("malformed claims");
    }

    @Test
    void anotherKeyUnderTheSameNameDoesNotVerify() {
        SigningKey stranger = SigningKey.generate();
        String forged = Jws.sign(new SigningKey(KEY.kid(), stranger.x(), stranger.d()), TYP, Map.of());
        assertThat(reason(forged)).startsWith("bad signature");
        assertThatExceptionOfType(InvalidKeys.class)
                .isThrownBy(() -> SigningKey.of(new SigningKey(KEY.kid(), stranger.x(), null).publicJwk()))
                .withMessageContaining("thumbprint");
    }

    @Test
    void halvesOfDifferentKeysAreRefused() {
        SigningKey mixed =
                new SigningKey(KEY.kid(), KEY.x(), SigningKey.generate().d());
        assertThatExceptionOfType(InvalidKeys.class)
                .isThrownBy(() -> SigningKey.of(mixed.jwk()))
                .withMessageContaining("do not belong together");
    }

    @Test
    void privateHalfIsNeitherPublishedNorPrinted() {
        assertThat(KEYS.published().toString()).contains(KEY.x()).doesNotContain(String.valueOf(KEY.d()));
        assertThat(KEY.toString()).doesNotContain(String.valueOf(KEY.d()));
        assertThat(KeySet.of(StrictJson.indented(KEYS.published()))
                        .keys()
                        .getFirst()
                        .signs())
                .isFalse();
    }
}
