package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContentTests extends SimulatorTestCase {

    ContentTests() {
        super(Estate.generate(EstateSpec.small().withRuns(2, 1, 15).withArtifactBytes(200_000), SUBJECT));
    }

    private String contentUri(Place place, String container, String path) throws Exception {
        var answer = client.get(experiments(
                "eastus2",
                "artifact",
                place,
                "/artifacts/contentinfo/ExperimentRun/" + container + "/" + Paths.encodePath(path)));
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.json().path("path").stringValue()).isEqualTo(path);
        return answer.json().path("contentUri").stringValue("");
    }

    private static byte[] bytes(Content content) throws Exception {
        var out = new ByteArrayOutputStream();
        content.write(out, 0, content.length());
        return out.toByteArray();
    }

    @Test
    void rows38And39ServeEveryAwkwardPath() throws Exception {
        var container = HistoryDocuments.container(DataContainers.NULL, "run-1");
        var list =
                client.all(artifact("/artifacts/origins/ExperimentRun/containers/" + container), "continuationToken");

        assertThat(list)
                .extracting(it -> it.path("path").stringValue())
                .containsExactlyElementsOf(EstateGenerator.AWKWARD_PATHS);
        for (var path : EstateGenerator.AWKWARD_PATHS) {
            var content = Objects.requireNonNull(simulator.content(project, "run-1", path));
            var answer = client.anonymous(contentUri(project, container, path));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.response().body()).isEqualTo(bytes(content));
        }
        assertThat(simulator.log().getFirst().row()).isEqualTo(38);
    }

    @Test
    void theContainerIsTheOneOfTheRunDocument() throws Exception {
        var prefixed = lab.workspace("space2").project("project1");
        var run = client.get(experiments("eastus2", "history", prefixed, "/runs/run-1"));
        assertThat(run.json().path("dataContainerId").stringValue()).isEqualTo("dcid.run-1");
        var containers = "/artifacts/origins/ExperimentRun/containers/";

        assertThat(client.get(experiments("eastus2", "artifact", prefixed, containers + "dcid.run-1"))
                        .status())
                .isEqualTo(200);
        assertThat(client.get(experiments("eastus2", "artifact", prefixed, containers + "run-1"))
                        .status())
                .isEqualTo(404);
        assertThat(client.get(artifact(containers + "dcid.run-1")).status()).isEqualTo(404);
    }

    @Test
    void aSlashThatIsPartOfASegmentIsNotASeparator() throws Exception {
        var url = artifact("/artifacts/contentinfo/ExperimentRun/run-1/outputs%2FREADME");
        assertThat(client.get(url).status()).isEqualTo(404);
    }

    @Test
    void aSignatureIsNeededAndExpires() throws Exception {
        var uri = contentUri(project, "run-1", "outputs/README");
        assertThat(uri).startsWith(simulator.contentOrigin()).contains(Estate.SECRET_MARKER);
        assertThat(client.anonymous(uri.substring(0, uri.indexOf('?'))).status())
                .isEqualTo(403);
        assertThat(client.anonymous(uri.replace("README", "readme")).status()).isEqualTo(403);
        simulator.settings().clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(9));
        var expired = client.anonymous(uri);
        assertThat(expired.status()).isEqualTo(403);
        assertThat(expired.text()).contains("<Code>AuthenticationFailed</Code>");
    }

    @Test
    void aBearerIsRefusedAndRemembered() throws Exception {
        assertThat(client.get(contentUri(project, "run-1", "outputs/README")).status())
                .isEqualTo(400);
        assertThat(simulator.bearerLeaks()).hasSize(1);
    }

    @Test
    void rangesAndEntityTagsWork() throws Exception {
        var uri = contentUri(project, "run-1", "outputs/README");
        var whole = client.anonymous(uri);
        var tag = whole.header("ETag");
        for (var range : List.of("0-9", "65530-65545", "199990-", "-10")) {
            var part = client.anonymous(uri, "Range", "bytes=" + range, "If-Match", tag);
            assertThat(part.status()).isEqualTo(206);
            var numbers = part.header("Content-Range").substring(6).replaceAll("/.*", "");
            int dash = numbers.indexOf('-');
            assertThat(part.response().body())
                    .isEqualTo(Arrays.copyOfRange(
                            whole.response().body(),
                            Integer.parseInt(numbers.substring(0, dash)),
                            Integer.parseInt(numbers.substring(dash + 1)) + 1));
        }
        assertThat(client.anonymous(uri, "Range", "bytes=200000-").status()).isEqualTo(416);
        assertThat(client.anonymous(uri, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(client.anonymous(uri, "If-Match", "\"other\"").status()).isEqualTo(412);
    }

    @Test
    void linksThatExpireAtRunTimeAreRefusedAndNewOnesAreGood() throws Exception {
        var container = HistoryDocuments.container(DataContainers.NULL, "run-1");
        var path = EstateGenerator.AWKWARD_PATHS.getFirst();
        var old = contentUri(project, container, path);
        assertThat(client.anonymous(old).status()).isEqualTo(200);
        simulator.settings().expireContentLinks();

        assertThat(client.anonymous(old).status()).isEqualTo(403);
        assertThat(client.anonymous(contentUri(project, container, path)).status())
                .isEqualTo(200);
    }
}
