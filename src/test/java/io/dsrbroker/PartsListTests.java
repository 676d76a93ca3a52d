package io.dsrbroker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parts list that the jar carries (CycloneDX). */
class PartsListTests {

    /** CycloneDX's plug-in does nothing where Maven is offline. */
    @DisabledIfSystemProperty(named = "dsr.test.offline", matches = "is true")
    @Test
    void namesEveryLibraryByItsPackageUrl() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                DsrBrokerApplication.class.getResourceAsStream("/META-INF/sbom/application.cdx.json"))) {
            JsonNode list = JsonMapper.shared().readTree(in);
            assertThat(list.get("bomFormat").asString()).isEqualTo("CycloneDX");
            Set<String> names = new TreeSet<>();
            list.get("components").forEach(part -> {
                assertThat(part.get("purl").asString()).startsWith("pkg:maven/");
                assertThat(part.get("version").asString()).isNotBlank();
                names.add(part.get("group").asString() + ":" + part.get("name").asString());
            });
            assertThat(names)
                    .hasSizeGreaterThan(80)
                    .contains(
                            "org.springframework:spring-webmvc",
                            "org.springframework.security:spring-security-oauth2-jose",
                            "org.apache.tomcat.embed:tomcat-embed-core",
                            "org.postgresql:postgresql",
                            "com.github.kagkarlsson:db-scheduler")
                    .doesNotContain("org.junit.jupiter:junit-jupiter-api", "junit:junit");
        }
    }
}
