package io.dsrbroker.simulator;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A project with its run history, artifact and notification stores. */
record Project(
        Place place,
        String location,
        DataContainers containers,
        ObjectNode document,
        Bin<HeldRun> runs,
        Bin<HeldRun> runsByContainer,
        Bin<Metric> metrics,
        Bin<ObjectNode> experiments,
        Bin<Asset> assets,
        ConcurrentMap<String, Bin<ObjectNode>> jobs) {

    /** A run with its files by path. */
    record HeldRun(Run run, Bin<Artifact> artifacts) {}

    /** One metric of a run. */
    record Metric(Run run, int index) {}

    /** An asset and the run it came from. */
    record Asset(@Nullable String runId, ObjectNode document) {}

    static Project empty(Place place, String location, DataContainers containers) {
        return new Project(
                place,
                location,
                containers,
                ArmDocuments.project(place, location),
                Bin.exact(),
                Bin.exact(),
                Bin.exact(),
                Bin.exact(),
                Bin.exact(),
                new ConcurrentHashMap<>());
    }

    void add(Run run) {
        var held = new HeldRun(run, Bin.exact());
        run.artifacts().forEach(artifact -> held.artifacts().put(artifact.path(), artifact));
        for (int i = 0; i < run.metrics(); i++) {
            metrics.put(HistoryDocuments.metricId(run, i), new Metric(run, i));
        }
        runs.put(run.runId(), held);
        runsByContainer.put(HistoryDocuments.container(containers, run.runId()), held);
    }

    void removeRun(String runId) {
        var held = runs.remove(runId);
        if (held == null) {
            return;
        }
        runsByContainer.remove(HistoryDocuments.container(containers, runId));
        for (int i = 0; i < held.run().metrics(); i++) {
            metrics.remove(HistoryDocuments.metricId(held.run(), i));
        }
    }

    void addExperiment(int number) {
        var id = Ids.uuid("experiment", place.armId(), String.valueOf(number));
        experiments.put(id, HistoryDocuments.experiment(id, number));
    }

    void addAsset(String name, @Nullable String runId) {
        assets.put(name, new Asset(runId, HistoryDocuments.asset(this, name, runId)));
    }

    void addJobs(Person person, int number) {
        var bin = jobs.computeIfAbsent(Ids.lower(person.objectId()), key -> Bin.exact());
        HistoryDocuments.jobs(this, person, number)
                .forEach(job -> bin.put(job.path("jobId").stringValue(""), job));
    }

    Bin<ObjectNode> jobsOf(String objectId) {
        var bin = jobs.get(Ids.lower(objectId));
        return bin == null ? Bin.exact() : bin;
    }
}
