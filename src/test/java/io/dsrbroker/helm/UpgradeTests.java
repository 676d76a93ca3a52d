package io.dsrbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Who installed an older chart can upgrade with the same values: they are still accepted, and what a cluster does not let
 * anybody change is as it was. Add the values and the recorded fields of each version that is released.
 */
class UpgradeTests {

    private static String resource(String name) throws IOException {
        return new ClassPathResource("helm/" + name).getContentAsString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void whatCannotBeChangedIsAsItWas(String version) throws IOException {
        Rendered rendered = Chart.render(resource("values-" + version + ".yaml"));
        Deployment deployment = rendered.one(Deployment.class);
        PersistentVolumeClaim claim = rendered.one(PersistentVolumeClaim.class);
        Map<String, Object> fixed = new LinkedHashMap<>();
        fixed.put("deployment", deployment.getMetadata().getName());
        fixed.put("selector", deployment.getSpec().getSelector().getMatchLabels());
        fixed.put("claim", claim.getMetadata().getName());
        fixed.put("claimSpec", claim.getSpec());
        fixed.put(
                "services",
                rendered.all(Service.class)
                        .map(service -> service.getMetadata().getName() + " "
                                + service.getSpec().getClusterIP())
                        .toList());
        JsonNode recorded = YAMLMapper.shared().readTree(resource("fixed-" + version + ".yaml"));
        assertThat(JsonMapper.shared().readTree(Rendered.YAML.asJson(fixed))).isEqualTo(recorded);
    }

    @Test
    void recordedSelectorIsThatOfTheService() throws IOException {
        Rendered rendered = Chart.render(resource("values-0.1.0.yaml"));
        assertThat(rendered.all(Service.class))
                .allSatisfy(service -> assertThat(service.getSpec().getSelector())
                        .isEqualTo(rendered.one(Deployment.class)
                                .getSpec()
                                .getSelector()
                                .getMatchLabels()));
    }

    /** So what is rendered here, as for an installation, is what an upgrade renders too. */
    @Test
    void noTemplateAsksWhetherItIsAnUpgrade() throws IOException {
        try (Stream<Path> templates = Files.list(Chart.FOLDER.resolve("templates"))) {
            List<Path> all = templates.toList();
            assertThat(all).hasSizeGreaterThan(10);
            for (Path template : all) {
                assertThat(Files.readString(template))
                        .doesNotContain("IsUpgrade")
                        .doesNotContain("IsInstall")
                        .doesNotContain("Release.Revision")
                        .doesNotContain("lookup");
            }
        }
    }

    /** A version of the chart or the broker in a selector would make the next upgrade impossible. */
    @Test
    void selectorsKnowNoVersion() throws IOException {
        assertThat(Chart.render(resource("values-0.1.0.yaml"))
                        .one(Deployment.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels()
                        .keySet())
                .containsExactlyInAnyOrder(
                        "app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component");
    }
}
