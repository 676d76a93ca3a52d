package io.dsrbroker.simulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Fills an estate according to a specification, the same way every time. */
final class EstateGenerator {

    /** File names that break careless clients. */
    static final List<String> AWKWARD_PATHS = List.of(
            "outputs/model.pkl",
            "azureml-logs/60 control log.txt",
            "outputs/a+b=c.csv",
            "outputs/Ünïcode/模型 🌷.json",
            "outputs/very/deep/path/to/one/file.bin",
            "outputs/100% sure.txt",
            "outputs/%41%2Fencoded.txt",
            "outputs/part#1?.txt",
            "outputs/x&y=z;v=1.txt",
            ".amlignore",
            "outputs/..hidden/...dots",
            "outputs/" + "long-".repeat(32) + ".txt",
            "outputs/quote\"s and 'apostrophes'.txt",
            "outputs/README",
            "outputs/readme");

    private static final List<String> LOCATIONS = List.of("East US 2", "West Central US", "Australia East");

    private static final List<DataContainers> NAMINGS = List.of(DataContainers.values());

    private final EstateSpec spec;
    private final Person subject;
    private final List<Person> others;

    EstateGenerator(EstateSpec spec, Person subject, List<Person> others) {
        this.spec = spec;
        this.subject = subject;
        this.others = others;
    }

    Estate.Builder fill(Estate.Builder estate) {
        estate.group(Estate.SUBSCRIPTION, Estate.GROUP);
        estate.author(subject, spec.galleryEntities(), spec.unlistedEntities());
        others.forEach(other -> estate.author(other, 2, 1));
        for (int i = 1; i <= spec.hostingAccounts(); i++) {
            var place = Place.hostingAccount(Estate.SUBSCRIPTION, Estate.GROUP, "models" + i);
            estate.hostingAccount(place, location(i - 1), spec.modelsPerAccount(), spec.servicesPerAccount());
        }
        for (int i = 1; i <= spec.experimentationAccounts(); i++) {
            var lab = Place.lab(Estate.SUBSCRIPTION, Estate.GROUP, "experiments" + i);
            estate.lab(lab, location(i - 1));
            for (int w = 1; w <= spec.workspacesPerAccount(); w++) {
                estate.workspace(lab.workspace("space" + w));
                for (int p = 1; p <= spec.projectsPerWorkspace(); p++) {
                    var project = lab.workspace("space" + w).project("project" + p);
                    // The last project of a workspace lies elsewhere than its account.
                    boolean elsewhere = p > 1 && p == spec.projectsPerWorkspace();
                    estate.project(project, location(elsewhere ? i : i - 1), containers(w + p));
                    fill(estate, project);
                }
            }
        }
        for (int i = 1; i <= spec.mlWorkspaces(); i++) {
            estate.computes(Place.mlWorkspace(Estate.SUBSCRIPTION, Estate.GROUP, "mlspace" + i), location(i - 1));
        }
        for (int i = 1; i <= spec.clusters(); i++) {
            estate.cluster(Place.resourceGroup(Estate.SUBSCRIPTION, Estate.GROUP), "Cluster" + i, location(i - 1));
        }
        return estate;
    }

    private static String location(int number) {
        return LOCATIONS.get(number % LOCATIONS.size());
    }

    private static DataContainers containers(int number) {
        return NAMINGS.get(number % NAMINGS.size());
    }

    private void fill(Estate.Builder estate, Place project) {
        for (int i = 1; i <= spec.experimentsPerProject(); i++) {
            estate.experiment(project, i);
        }
        for (int i = 1; i <= spec.runsPerProject(); i++) {
            estate.run(project, run(project, i));
        }
        for (int i = 1; i <= spec.assetsPerProject(); i++) {
            boolean ofRun = spec.runsPerProject() > 0;
            estate.asset(project, "asset " + i, ofRun ? "run-" + (1 + (i - 1) % spec.runsPerProject()) : null);
        }
        estate.jobs(project, subject, spec.jobsPerPerson());
        others.forEach(other -> estate.jobs(project, other, 1));
    }

    private Run run(Place project, int number) {
        var experiment = Ids.uuid(
                "experiment", project.armId(), String.valueOf(1 + number % Math.max(1, spec.experimentsPerProject())));
        var artifacts = new ArrayList<Artifact>();
        for (int i = 0; i < spec.artifactsPerRun(); i++) {
            int choice = i < AWKWARD_PATHS.size() ? (number - 1 + i) % AWKWARD_PATHS.size() : i % AWKWARD_PATHS.size();
            var suffix = i < AWKWARD_PATHS.size() ? "" : "." + i;
            var path = AWKWARD_PATHS.get(choice) + suffix;
            artifacts.add(new Artifact(path, Content.synthetic(project.armId() + number + path, spec.artifactBytes())));
        }
        return new Run(
                "run-" + number, number, experiment, owner(number), number % 7 == 0, spec.metricsPerRun(), artifacts);
    }

    private RunOwner owner(int number) {
        var mix = spec.ownersMix();
        int total = mix.subject() + mix.others() + mix.byUserName() + mix.unknown();
        int turn = (number - 1) % total;
        if (turn < mix.subject()) {
            return new RunOwner.InFull(subject);
        }
        if (turn < mix.subject() + mix.others()) {
            return new RunOwner.InFull(others.get(number % others.size()));
        }
        if (turn < mix.subject() + mix.others() + mix.byUserName()) {
            // In turns the subject's and another's.
            return new RunOwner.ByUserName(number % 2 == 0 ? subject : others.getFirst());
        }
        return new RunOwner.Unknown();
    }

    static void fill(ModelStore store, int models, int services) {
        var account = store.account();
        var manifests = new ArrayList<ObjectNode>();
        var images = new ArrayList<ObjectNode>();
        for (int i = 1; i <= models; i++) {
            var id = ModelDocuments.id("model", account, i);
            store.models().put(id, ModelDocuments.model(account, i));
            var manifest = ModelDocuments.manifest(account, i, id);
            manifests.add(manifest);
            store.manifests().put(manifest.path("id").stringValue(""), manifest);
            var image = ModelDocuments.image(account, i, manifest);
            images.add(image);
            store.images().put(image.path("id").stringValue(""), image);
        }
        for (int i = 1; i <= services && models > 0; i++) {
            int used = (i - 1) % models;
            var service = ModelDocuments.service(
                    account, i, ModelDocuments.model(account, used + 1), manifests.get(used), images.get(used));
            store.services().put(ModelDocuments.serviceId(account, i), service);
        }
    }
}
