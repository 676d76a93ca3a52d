package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class EstateTests extends SimulatorTestCase {

    @Test
    void ownedCountsWhatTheSubjectMade() {
        // Per project of 20 runs: 8 with the subject's object id, and of 4 with a user name only, 2 with the subject's.
        assertThat(simulator.held(SUBJECT, Select.OWNED))
                .containsEntry("run", 4 * 10)
                .containsEntry("run-metric", 4 * 20)
                .containsEntry("artifact", 4 * 30)
                .containsEntry("run-artifact", 4 * 30)
                .containsEntry("artifact-content", 4 * 30)
                .containsEntry("asset", 4 * 4)
                .containsEntry("notification-job", 4 * 3)
                .containsEntry("gallery-user", 1)
                .containsEntry("gallery-entity", 9)
                .doesNotContainKeys("project", "model", "compute", "experiment");
    }

    @Test
    void allCountsEverythingWithItsContainers() {
        assertThat(simulator.held(SUBJECT, Select.ALL))
                .containsEntry("run", 80)
                .containsEntry("project", 4)
                .containsEntry("experimentation-workspace", 2)
                .containsEntry("experimentation-account", 1)
                .containsEntry("experiment", 12)
                .containsEntry("hosting-account", 1)
                .containsEntry("model", 4)
                .containsEntry("service", 2)
                .containsEntry("compute", 5)
                .containsEntry("operationalization-cluster", 2);
        assertThat(simulator.held(SUBJECT, Select.ALL, project)).containsEntry("run", 20);
    }

    @Test
    void aSubscriptionIsTheAccountsInIt() {
        var subscription = Place.subscription(Estate.SUBSCRIPTION);

        assertThat(simulator.held(SUBJECT, Select.ALL, subscription))
                .containsEntry("run", 80)
                .containsEntry("model", 4)
                .doesNotContainKeys("compute", "gallery-user");
        assertThat(lab.target().toString())
                .isEqualTo("{\"kind\":\"experimentation-account\",\"subscriptionId\":\"" + Estate.SUBSCRIPTION
                        + "\",\"resourceGroup\":\"researchGroup1\",\"account\":\"experiments1\"}");
    }

    @Test
    void whatIsCountedIsWhatIsServed() throws Exception {
        var mine = client.all(history("/runs"), "$continuationtoken").stream()
                .filter(run -> SUBJECT.objectId()
                                .equals(run.at("/createdBy/userObjectId").stringValue(""))
                        || (!run.at("/createdBy").has("userObjectId")
                                && SUBJECT.userName()
                                        .equalsIgnoreCase(
                                                run.at("/createdBy/userName").stringValue(""))))
                .toList();

        assertThat(simulator.held(SUBJECT, Select.OWNED, project)).containsEntry("run", mine.size());
        assertThat(simulator.document("run", project, "run-1")).isEqualTo(mine.getFirst());
        assertThat(simulator.document("experimentation-account", lab, "experiments1"))
                .isEqualTo(client.get(arm(lab.armId() + LAB_VERSION)).json());
    }

    @ParameterizedTest
    @CsvSource({
        "experimentation-account, experiments1, /properties/storageAccount/accessKey",
        "run, run-1, /token",
        "compute, aks-compute, /properties/properties/sslConfiguration/key",
        "compute, virtualmachine-compute, /properties/properties/administratorAccount/password",
        "compute, virtualmachine-compute, /properties/properties/administratorAccount/privateKeyData",
        "compute, hdinsight-compute, /properties/properties/administratorAccount/password",
        "compute, hdinsight-compute, /properties/properties/administratorAccount/privateKeyData",
        "operationalization-cluster, Cluster1, "
                + "/properties/containerService/orchestratorProperties/servicePrincipal/secret",
        "operationalization-cluster, Cluster1, /properties/appInsights/apiKey",
        "operationalization-cluster, Cluster1, /properties/globalServiceConfiguration/ssl/key"
    })
    void credentialsCarryTheMarker(String type, String key, String pointer) {
        var place = type.equals("compute") ? Place.mlWorkspace(Estate.SUBSCRIPTION, Estate.GROUP, "mlspace1") : project;
        var document = Objects.requireNonNull(simulator.document(type, place, key));

        assertThat(document.at(pointer).stringValue("")).contains(Estate.SECRET_MARKER);
    }

    @Test
    void signaturesCarryTheMarker() throws Exception {
        var metrics = client.get(history("/runmetrics")).json().path("value");
        assertThat(metrics.get(0).path("dataLocation").stringValue("")).contains(Estate.SECRET_MARKER);
        assertThat(first("/models").path("url").stringValue("")).contains(Estate.SECRET_MARKER);
        assertThat(first("/manifests").at("/assets/0/url").stringValue("")).contains(Estate.SECRET_MARKER);
        assertThat(first("/images").path("imageBuildLogUri").stringValue("")).contains(Estate.SECRET_MARKER);
        assertThat(first("/services").at("/models/0/url").stringValue("")).contains(Estate.SECRET_MARKER);
    }

    private JsonNode first(String path) throws Exception {
        return client.get(models(path)).json().path("value").get(0);
    }

    @Test
    void theEstateMayGrowWhileItIsServed() throws Exception {
        int before = client.all(history("/runs"), "$continuationtoken").size();
        var artifact = new Artifact("new.txt", Content.of("hello"));
        simulator
                .estate()
                .change()
                .run(project, new Run("late", 99, "e", new RunOwner.InFull(SUBJECT), false, 1, List.of(artifact)));

        assertThat(client.all(history("/runs"), "$continuationtoken")).hasSize(before + 1);
        assertThat(client.get(history("/runs/late")).status()).isEqualTo(200);
    }

    @Test
    @Tag("long")
    void tenThousandRunsAreListedQuickly() throws Exception {
        try (var large = AzureSimulator.start(
                Estate.generate(EstateSpec.small().withLabs(1, 1, 1).withRuns(10_000, 3, 2), SUBJECT))) {
            var root =
                    large.baseUrl("experiments").replace("{location}", "eastus2") + "/history/v1.0" + project.armId();
            var start = System.nanoTime();
            assertThat(client.all(root + "/runs", "$continuationtoken")).hasSize(10_000);
            assertThat(client.all(root + "/runmetrics", "$continuationtoken")).hasSize(30_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void aGigabyteIsGeneratedWithoutBeingKept() throws Exception {
        var content = Content.synthetic("large", 1L << 30);

        content.write(OutputStream.nullOutputStream(), 0, content.length());
        assertThat(content.length()).isEqualTo(1_073_741_824);
    }
}
