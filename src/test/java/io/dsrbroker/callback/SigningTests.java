package io.dsrbroker.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTests {

    private static final String NEW = secret(24, 1);
    private static final String OLD = secret(64, 2);
    private static final String BODY = "{\"type\":\"request.stage-changed\",\"data\":{\"externalId\":\"Zoë ✓\"}}";

    private static String secret(int length, int of) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) of);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    private static String signature(String id, long timestamp, String... secrets) {
        return new Signing(Settings.of("secret=" + String.join(",", secrets)))
                .sign(id, timestamp, BODY.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpHeaders headers(String id, long timestamp, String signature) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of(id),
                        "webhook-timestamp", List.of(String.valueOf(timestamp)),
                        "webhook-signature", List.of(signature)),
                (name, value) -> true);
    }

    /** The example that the specification's own libraries are tested with. */
    @Test
    void signatureIsTheOneOfTheSpecification() {
        Signing signing = new Signing(Settings.of("secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assertThat(signing.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330L,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void officialLibraryAcceptsTheSignature() throws Exception {
        long now = Instant.now().getEpochSecond();
        new Webhook(NEW).verify(BODY, headers("id-1", now, signature("id-1", now, NEW)));
    }

    @Test
    void officialLibraryAcceptsEitherSecretWhileOneIsReplaced() throws Exception {
        long now = Instant.now().getEpochSecond();
        String signature = signature("id-1", now, NEW, OLD);
        assertThat(signature.split(" ")).hasSize(2);
        new Webhook(NEW).verify(BODY, headers("id-1", now, signature));
        new Webhook(OLD).verify(BODY, headers("id-1", now, signature));
    }

    @Test
    void officialLibraryRefusesAnotherSecretIdTimeOrBody() {
        long now = Instant.now().getEpochSecond();
        String signature = signature("id-1", now, NEW);
        assertThatThrownBy(() -> new Webhook(OLD).verify(BODY, headers("id-1", now, signature)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(NEW).verify(BODY, headers("id-2", now, signature)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(NEW).verify(BODY, headers("id-1", now + 1, signature)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(NEW).verify(BODY + " ", headers("id-1", now, signature)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw MfKQ9r8G"
            })
    void malformedSecretIsRefusedWithoutSayingIt(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Signing(Settings.of("secret=" + secret)))
                .withMessageContaining("dsr.callback.secret")
                .withMessageNotContaining("MfKQ")
                .withMessageNotContaining("c2hvcnQ")
                .withNoCause();
        assertThatIllegalArgumentException().isThrownBy(() -> new Signing(Settings.of("secret=" + secret(65, 1))));
    }

    @Test
    void withoutASecretNothingCanBeSigned() {
        assertThat(new Signing(Settings.of()).possible()).isFalse();
        assertThat(new Signing(Settings.of("secret=")).possible()).isFalse();
        assertThat(new Signing(Settings.of("secret=" + NEW)).possible()).isTrue();
    }

    @Test
    void settingsDoNotShowTheirSecrets() {
        assertThat(Settings.of("secret=" + NEW).toString()).doesNotContain(NEW);
    }
}
