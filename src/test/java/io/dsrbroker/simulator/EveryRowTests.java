package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EveryRowTests extends SimulatorTestCase {

    private static String text(JsonNode node, String field) {
        return node.path(field).stringValue("");
    }

    @Test
    void row1GivesTheAuthorWithTheScoreToTheLastDigit() throws Exception {
        var answer = client.anonymous(gallery("/users/" + SUBJECT.authorId()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("86.351575190956922");
        assertThat(answer.json().path("entities_count").intValue()).isEqualTo(9);
        assertThat(client.anonymous(gallery("/users/unknown")).status()).isEqualTo(404);
    }

    @Test
    void rows2And3GiveUnlistedEntitiesOnlyWithAGoodToken() throws Exception {
        var url = gallery("/entities?$filter=author/id%20eq%20%27" + SUBJECT.authorId() + "%27");

        assertThat(client.anonymous(url).json().path("value")).hasSize(6);
        assertThat(client.anonymous(url, "DataLabAccessToken", "good").json().path("value"))
                .hasSize(9);
        assertThat(client.anonymous(url, "DataLabAccessToken", "expired").json().path("value"))
                .hasSize(6);
        simulator.settings().galleryBareArray = true;
        assertThat(client.anonymous(url).json().isArray()).isTrue();
        assertThat(simulator.log()).extracting(LoggedRequest::row).containsExactly(2, 3, 3, 2);
    }

    @Test
    void rows5To12And18To25ListServeAndDelete() throws Exception {
        for (var type : List.of("models", "manifests", "services", "images")) {
            var items = client.all(models("/" + type), "$skipToken");
            assertThat(items).hasSize(type.equals("services") ? 2 : 4);
            var id = text(items.getFirst(), type.equals("services") ? "ID" : "id");
            assertThat(client.get(models("/" + type + "/" + id)).json()).isEqualTo(items.getFirst());
            assertThat(client.delete(models("/" + type + "/" + id)).status()).isEqualTo(200);
            assertThat(client.delete(models("/" + type + "/" + id)).status()).isEqualTo(204);
            var gone = client.get(models("/" + type + "/" + id));
            assertThat(gone.status()).isEqualTo(404);
            assertThat(gone.json().path("statusCode").intValue()).isEqualTo(404);
            assertThat(client.all(models("/" + type), "$skipToken")).hasSize(items.size() - 1);
        }
        assertThat(simulator.counts())
                .containsEntry(5, 2)
                .containsEntry(6, 2)
                .containsEntry(12, 2)
                .containsEntry(23, 2);
    }

    @Test
    void rows4And17KeepTheModelsOfADeletedAccount() throws Exception {
        var account =
                arm(group() + "/providers/Microsoft.MachineLearningModelManagement/accounts/MODELS1" + MODELS_VERSION);

        assertThat(client.get(account).json().path("location").stringValue()).isEqualTo("East US 2");
        assertThat(client.delete(account).status()).isEqualTo(200);
        assertThat(client.delete(account).status()).isEqualTo(204);
        assertThat(client.get(account).json().at("/error/code").stringValue()).isEqualTo("ResourceNotFound");
        assertThat(client.all(models("/models"), "$skipToken")).hasSize(4);
    }

    @Test
    void rows26And27GiveOneComputeOfEachType() throws Exception {
        var list = group() + "/providers/Microsoft.MachineLearningServices/workspaces/mlspace1/computes";
        var computes = client.all(arm(list + "?api-version=2018-03-01-preview"), "$skiptoken");

        assertThat(computes)
                .extracting(it -> it.at("/properties/computeType").stringValue())
                .containsExactly("AKS", "BatchAI", "DataFactory", "VirtualMachine", "HDInsight");
        for (var compute : computes) {
            var item = arm(list + "/" + text(compute, "name") + "?api-version=2018-03-01-preview");
            assertThat(client.get(item).json()).isEqualTo(compute);
        }
    }

    @Test
    void rows28And29GiveTheClustersOfTheGroup() throws Exception {
        var list = group().replace("resourceGroups", "resourcegroups")
                + "/providers/Microsoft.MachineLearningCompute/operationalizationClusters";
        var clusters = client.all(arm(list + "?api-version=2017-06-01-preview"), "$skiptoken");

        assertThat(clusters).hasSize(2);
        var item = arm(list + "/cluster1?api-version=2017-06-01-preview");
        assertThat(client.get(item).json()).isEqualTo(clusters.getFirst());
        var missing = client.get(arm(list + "/none?api-version=2017-06-01-preview"));
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().path("code").stringValue()).isEqualTo("ResourceNotFound");
    }

    @Test
    void rows30And32GiveRunsWithTheirOwners() throws Exception {
        simulator.settings().pageSizes.put(ListFamily.RUNS, 7);
        var runs = client.all(history("/runs"), "$continuationtoken");

        assertThat(runs).hasSize(20);
        assertThat(runs.getFirst().at("/createdBy/userObjectId").stringValue()).isEqualTo(SUBJECT.objectId());
        assertThat(runs.get(9).has("createdBy")).isFalse();
        assertThat(client.get(history("/runs/run-1")).json()).isEqualTo(runs.getFirst());
        var missing = client.get(history("/runs/none"));
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().at("/error/code").stringValue()).isEqualTo("UserError");
        assertThat(missing.json().has("correlation")).isTrue();
        assertThat(missing.header("x-ms-response-type")).isEqualTo("error");
    }

    @Test
    void rows31And33And34GiveExperimentsAndMetrics() throws Exception {
        var experiments = client.all(history("/experiments"), "$continuationtoken");
        assertThat(experiments).hasSize(3);
        var id = text(experiments.getFirst(), "experimentId");
        assertThat(client.get(history("/experiments/" + id)).json()).isEqualTo(experiments.getFirst());
        assertThat(client.all(history("/runmetrics"), "$continuationtoken")).hasSize(40);
        assertThat(client.get(history("/runmetrics")).text()).contains("86.351575190956922");
    }

    @Test
    void rows35And36GiveTheArtifactsOfARunAndTheirUris() throws Exception {
        var artifacts = client.all(history("/runs/run-2/artifacts"), "continuationToken");

        assertThat(artifacts).hasSize(3);
        for (var artifact : artifacts) {
            var name = Paths.encode(text(artifact, "path"));
            var uri =
                    client.get(history("/runs/run-2/artifacturi?name=" + name)).json();
            assertThat(uri.isString()).isTrue();
            assertThat(client.anonymous(uri.stringValue()).status()).isEqualTo(200);
        }
        simulator.settings().artifactUriAsObject = true;
        var name = Paths.encode(text(artifacts.getFirst(), "path"));
        assertThat(client.get(history("/runs/run-2/artifacturi?name=" + name))
                        .json()
                        .has("contentUri"))
                .isTrue();
    }

    @Test
    void rows37And41GiveAssetsByName() throws Exception {
        var assets = client.all(artifact("/assets"), "continuationToken");

        assertThat(assets).hasSize(4);
        assertThat(client.get(artifact("/assets/name/asset%201")).json()).isEqualTo(assets.getFirst());
        simulator.settings().assetVersionsAsList = true;
        assertThat(client.get(artifact("/assets/name/asset%201")).json().path("value"))
                .hasSize(1);
        assertThat(client.get(artifact("/assets/name/none")).status()).isEqualTo(404);
    }

    @Test
    void row42IsKeyedByTheObjectId() throws Exception {
        var jobs = experiments("notification", "/users/" + SUBJECT.objectId() + "/jobs");
        var nobodys = experiments("notification", "/users/stranger/jobs");

        assertThat(client.all(jobs, "continuationToken")).hasSize(3);
        assertThat(client.get(nobodys).json().path("value")).isEmpty();
        simulator.settings().jobsOfStrangersNotFound = true;
        assertThat(client.get(nobodys).status()).isEqualTo(404);
    }

    @Test
    void discoveryListsFindAccountsWorkspacesAndProjects() throws Exception {
        var subscription = "/subscriptions/" + Estate.SUBSCRIPTION;
        for (var scope : List.of(subscription, group())) {
            var hosting = scope + "/providers/Microsoft.MachineLearningModelManagement/accounts" + MODELS_VERSION;
            var labs = scope + "/providers/Microsoft.MachineLearningExperimentation/accounts" + LAB_VERSION;
            assertThat(client.all(arm(hosting), "$skiptoken")).hasSize(1);
            assertThat(client.all(arm(labs), "$skiptoken")).hasSize(1);
        }
        assertThat(client.all(arm(lab.armId() + "/workspaces" + LAB_VERSION), "$skiptoken"))
                .hasSize(2);
        assertThat(client.all(arm(lab.workspace("SPACE1").armId() + "/projects" + LAB_VERSION), "$skiptoken"))
                .hasSize(2);
        assertThat(simulator.counts()).containsOnlyKeys(0);
    }
}
