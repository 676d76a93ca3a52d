package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class EffectiveSettingsTests {

    private static Map<String, String> settings(MockEnvironment environment) {
        return new EffectiveSettings(environment, new Catalogue("c0ffee", Map.of(), Map.of(), List.of())).now();
    }

    private static MockEnvironment given() {
        return new MockEnvironment()
                .withProperty("dsr.lanes.arm.concurrency", "64")
                .withProperty("dsr.egress.allow-http", "true")
                .withProperty("dsr.upstreams.arm.base-url", "https://arm.example")
                .withProperty("dsr.upstreams.arm.auth.client-secret", "hush-1")
                .withProperty("dsr.upstreams.arm.auth.token-uri", "https://login.example")
                .withProperty("dsr.clients.portal.targets[0].workspace", "hush-4")
                .withProperty("dsr.limits.requests-per-second", "50")
                .withProperty("dsr.http.max-content", "50GB")
                .withProperty("dsr.housekeeping.every", "1m")
                .withProperty("spring.security.oauth2.resourceserver.jwt.public-key-location", "file:hush-5")
                .withProperty("dsr.callback.secret", "whsec_hush-2")
                .withProperty("spring.datasource.password", "hush-3");
    }

    @Test
    void limitsAndFlagsAreInWordsPlacesAsHashesAndSecretsNotThere() {
        Map<String, String> settings = settings(given());
        assertThat(settings)
                .containsEntry("catalogue", "c0ffee")
                .containsEntry("dsr.lanes.arm.concurrency", "64")
                .containsEntry("dsr.egress.allow-http", "true")
                .containsEntry(
                        "dsr.upstreams.arm.base-url",
                        "sha256:" + io.dsrbroker.shared.Digests.hex("https://arm.example"));
        assertThat(settings.keySet())
                .contains(
                        "dsr.upstreams.arm.auth.token-uri",
                        "dsr.clients.portal.targets.0.workspace",
                        "dsr.limits.requests-per-second",
                        "dsr.http.max-content",
                        "dsr.housekeeping.every",
                        "spring.security.oauth2.resourceserver.jwt.public-key-location")
                .noneMatch(name -> name.contains("secret") || name.contains("password"));
        assertThat(settings.toString()).doesNotContain("hush", "arm.example");
    }

    @Test
    void otherSecretsMakeNoDifference() {
        assertThat(settings(given().withProperty("dsr.callback.secret", "whsec_other")))
                .isEqualTo(settings(given()));
        assertThat(settings(given().withProperty("dsr.upstreams.arm.base-url", "https://evil.example")))
                .isNotEqualTo(settings(given()));
    }
}
