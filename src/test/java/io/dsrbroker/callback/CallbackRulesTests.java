package io.dsrbroker.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dsrbroker.egress.Egress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackRulesTests {

    private static final String SECRET = "secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String HOSTS =
            "allowed-hosts=Portal.example,*.portals.example,odd.example:8443,any.example:*,[::1]:9000";

    private static Optional<String> refusal(String url) {
        CallbackProperties properties = Settings.of(SECRET, HOSTS);
        return new CallbackRules(new Signing(properties), properties, Settings.PRODUCTION).refusal(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://portal.example",
                "https://PORTAL.example:443/x?token=1",
                "https://one.portals.example/",
                "https://two.one.portals.example/",
                "https://odd.example:8443/",
                "https://any.example:1/",
                "https://any.example/",
                "https://[::1]:9000/"
            })
    void namedHostIsAllowed(String url) {
        assertThat(refusal(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://portal.example/",
                "https://portal.example:8443/",
                "https://portal.example.evil.example/",
                "https://evilportal.example/",
                "https://sub.portal.example/",
                "https://portals.example/",
                "https://evilportals.example/",
                "https://odd.example/",
                "https://[::1]/",
                "https://127.0.0.1/",
                "https://portal.example./"
            })
    void everyOtherHostPortAndSchemeIsRefused(String url) {
        assertThat(refusal(url)).isPresent();
    }

    @Test
    void plainHttpNeedsItsSetting() {
        CallbackProperties properties = Settings.of(SECRET, HOSTS);
        CallbackRules rules = new CallbackRules(new Signing(properties), properties, new Egress(false, true));
        assertThat(rules.refusal(URI.create("http://portal.example/"))).isEmpty();
        assertThat(rules.refusal(URI.create("http://portal.example:443/"))).isPresent();
        assertThat(rules.refusal(URI.create("ftp://any.example/"))).isPresent();
    }

    @Test
    void withoutASecretOrAListNothingIsAllowedAndTheSettingIsNamed() {
        URI url = URI.create("https://portal.example/");
        CallbackProperties noSecret = Settings.of(HOSTS);
        assertThat(new CallbackRules(new Signing(noSecret), noSecret, Settings.PRODUCTION).refusal(url))
                .hasValueSatisfying(words -> assertThat(words).contains("dsr.callback.secret"));
        CallbackProperties noHosts = Settings.of(SECRET, "allowed-hosts=");
        assertThat(new CallbackRules(new Signing(noHosts), noHosts, Settings.PRODUCTION).refusal(url))
                .hasValueSatisfying(words -> assertThat(words).contains("dsr.callback.allowed-hosts"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://portal.example", "*", "*.", "portal.example/", "a..b", "portal.example:", "user@x"})
    void entryThatIsNoHostIsRefused(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedHost.of(entry))
                .withMessageContaining("dsr.callback.allowed-hosts");
    }
}
