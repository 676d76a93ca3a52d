package io.dsrbroker.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Makes and checks the signatures of links to content; a signature covers the path and the time it expires. */
final class ContentLinks {

    private final SimulatorSettings settings;
    private final String key = UUID.randomUUID().toString();
    private volatile String origin = "";

    ContentLinks(SimulatorSettings settings) {
        this.settings = settings;
    }

    void servedFrom(String newOrigin) {
        origin = newOrigin;
    }

    String link(Project project, Run run, Artifact artifact) {
        var container = HistoryDocuments.container(project.containers(), run.runId());
        var path =
                "/" + ArmDocuments.projectId(project.place()) + "/ExperimentRun/" + container + "/" + artifact.path();
        var expiry = DateTimeFormatter.ISO_INSTANT.format(
                settings.clock.instant().plus(settings.sasLifetime).truncatedTo(ChronoUnit.MILLIS));
        var other = settings.contentOrigin;
        return (other == null ? origin : other) + Paths.encodePath(path) + "?sv=2017-04-17&sr=b&sp=r&se="
                + Paths.encode(expiry) + "&sig=" + Paths.encode(signature(path, expiry));
    }

    boolean isSignature(String given, String path, String expiry) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), signature(path, expiry).getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String path, String expiry) {
        return Secrets.value(Ids.sha256(key + settings.signatureGeneration.get() + path + expiry)) + "+/=";
    }
}
