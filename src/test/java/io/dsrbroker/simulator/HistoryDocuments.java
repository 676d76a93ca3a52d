package io.dsrbroker.simulator;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The documents of run history, artifact and notification, with field names as in Microsoft's 2019 run history and artifact swagger. */
final class HistoryDocuments {

    private HistoryDocuments() {}

    static String container(DataContainers naming, String runId) {
        return naming == DataContainers.PREFIXED ? "dcid." + runId : runId;
    }

    static ObjectNode run(Project project, Run run) {
        var document = Json.object()
                .put("runId", run.runId())
                .put("runNumber", run.number())
                .put("rootRunId", run.runId())
                .putNull("parentRunId")
                .put("experimentId", run.experimentId())
                .put("status", run.number() % 9 == 0 ? "Failed" : "Completed")
                .put("createdUtc", Ids.offsetTime(run.number()))
                .put("startTimeUtc", Ids.offsetTime(run.number() + 1))
                .put("endTimeUtc", Ids.offsetTime(run.number() + 11));
        switch (run.owner()) {
            case RunOwner.InFull named -> {
                var person = named.person();
                document.putObject("createdBy")
                        .put("userObjectId", person.objectId())
                        .put("userTenantId", person.tenantId())
                        .put("userName", person.userName());
                document.put("userId", person.objectId());
            }
            case RunOwner.ByUserName byName -> document.putObject("createdBy").put("userName", byName.userName());
            case RunOwner.Unknown unknown -> {}
        }
        switch (project.containers()) {
            case PREFIXED -> document.put("dataContainerId", container(project.containers(), run.runId()));
            case NULL -> document.putNull("dataContainerId");
            case ABSENT -> {}
        }
        document.put("name", "training " + run.number())
                .put("description", "épocas, 学習, обучение")
                .put("hidden", run.hidden())
                .put("runType", "experiment")
                .put("scriptName", "train model.py")
                .put("target", "local");
        document.set("tags", Json.map(Map.of("note", "first & \"second\"")));
        document.set("properties", Json.map(Map.of("azureml.git.branch", "master")));
        document.putObject("runDefinition").set("arguments", Json.strings("--rate", "0.1"));
        return document.put("token", Secrets.value("run-token"))
                .put("tokenExpiryTimeUtc", Ids.offsetTime(run.number() + 60))
                .putNull("error")
                .put("revision", 3);
    }

    static ObjectNode experiment(String experimentId, int number) {
        var document = Json.object()
                .put("experimentId", experimentId)
                .put("name", "experiment " + number)
                .put("description", "Iris + roses")
                .put("createdUtc", Ids.offsetTime(number))
                .putNull("archivedTime");
        document.putObject("tags");
        return document;
    }

    static String metricId(Run run, int index) {
        return Ids.uuid("metric", run.runId(), String.valueOf(index));
    }

    static ObjectNode metric(Project project, Run run, int index) {
        var metricId = metricId(run, index);
        var document = Json.object()
                .put("runId", run.runId())
                .put("metricId", metricId)
                .put("dataContainerId", container(project.containers(), run.runId()))
                .put("metricType", "azureml.v1.scalar")
                .put("createdUtc", Ids.offsetTime(run.number() + index))
                .put("name", "accuracy-" + index)
                .put("description", "")
                .putNull("label")
                .put("numCells", 1)
                .put("dataLocation", Secrets.sas("metrics/" + metricId));
        document.putArray("cells")
                .addObject()
                .put("value", new BigDecimal("86.351575190956922").add(BigDecimal.valueOf(index)));
        document.putObject("schema").put("numProperties", 1);
        return document;
    }

    static ObjectNode artifact(Project project, Run run, Artifact artifact) {
        var container = container(project.containers(), run.runId());
        var document = Json.object()
                .put("artifactId", "ExperimentRun/" + container + "/" + artifact.path())
                .put("origin", "ExperimentRun")
                .put("container", container)
                .put("path", artifact.path())
                .put("etag", "\"" + artifact.content().etag() + "\"")
                .put("createdTime", Ids.offsetTime(run.number() + 5));
        document.putObject("dataPath")
                .put("dataStoreName", "workspaceartifactstore")
                .put("relativePath", "ExperimentRun/" + container + "/" + artifact.path());
        return document;
    }

    static ObjectNode asset(Project project, String name, @Nullable String runId) {
        var document = Json.object()
                .put("id", Ids.uuid("asset", project.place().armId(), name))
                .put("name", name)
                .put("description", "kept for later");
        var prefix = runId == null ? "shared" : container(project.containers(), runId);
        document.putArray("artifacts")
                .addObject()
                .put("id", "ExperimentRun/" + prefix + "/outputs")
                .put("prefix", "ExperimentRun/" + prefix + "/outputs/");
        document.set("kvTags", Json.map(Map.of("stage", "dev")));
        document.putObject("properties");
        return document.put("runid", runId).putNull("meta").put("createdTime", Ids.offsetTime(7));
    }

    static List<ObjectNode> jobs(Project project, Person person, int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(i -> Json.object()
                        .put("jobId", Ids.uuid("job", project.place().armId(), person.objectId(), "" + i))
                        .put("status", "Finished")
                        .put("title", "Run finished")
                        .put("userObjectId", person.objectId())
                        .put("createdTime", Ids.offsetTime(i)))
                .toList();
    }
}
