package io.dsrbroker.simulator;

/** How much of everything a generated estate has; start from {@link #small()} and change what matters. */
public record EstateSpec(
        int hostingAccounts,
        int modelsPerAccount,
        int servicesPerAccount,
        int experimentationAccounts,
        int workspacesPerAccount,
        int projectsPerWorkspace,
        int experimentsPerProject,
        int runsPerProject,
        int metricsPerRun,
        int artifactsPerRun,
        long artifactBytes,
        int assetsPerProject,
        int jobsPerPerson,
        int mlWorkspaces,
        int clusters,
        int galleryEntities,
        int unlistedEntities,
        OwnersMix ownersMix) {

    /** Of every so many runs: made by the subject, by others, with a user name only, with no owner at all. */
    public record OwnersMix(int subject, int others, int byUserName, int unknown) {

        /** Every run is the subject's. */
        public static OwnersMix subjectOnly() {
            return new OwnersMix(1, 0, 0, 0);
        }
    }

    /** A little of everything: quick to walk through completely. */
    public static EstateSpec small() {
        return new EstateSpec(1, 4, 2, 1, 2, 2, 3, 20, 2, 3, 2_048, 4, 3, 1, 2, 6, 3, new OwnersMix(4, 3, 2, 1));
    }

    /** Nothing but one Gallery page. */
    public static EstateSpec galleryOnly() {
        return small().withHostingAccounts(0, 0, 0).withLabs(0, 0, 0).withCompute(0, 0);
    }

    /** Hosting accounts, and the models and services of each; manifests and images are as many as models. */
    public EstateSpec withHostingAccounts(int accounts, int models, int services) {
        return new EstateSpec(
                accounts,
                models,
                services,
                experimentationAccounts,
                workspacesPerAccount,
                projectsPerWorkspace,
                experimentsPerProject,
                runsPerProject,
                metricsPerRun,
                artifactsPerRun,
                artifactBytes,
                assetsPerProject,
                jobsPerPerson,
                mlWorkspaces,
                clusters,
                galleryEntities,
                unlistedEntities,
                ownersMix);
    }

    /** Experimentation accounts, workspaces in each and projects in each of those. */
    public EstateSpec withLabs(int accounts, int workspaces, int projects) {
        return new EstateSpec(
                hostingAccounts,
                modelsPerAccount,
                servicesPerAccount,
                accounts,
                workspaces,
                projects,
                experimentsPerProject,
                runsPerProject,
                metricsPerRun,
                artifactsPerRun,
                artifactBytes,
                assetsPerProject,
                jobsPerPerson,
                mlWorkspaces,
                clusters,
                galleryEntities,
                unlistedEntities,
                ownersMix);
    }

    /** Runs per project, and metrics and artifacts per run. */
    public EstateSpec withRuns(int runs, int metrics, int artifacts) {
        return new EstateSpec(
                hostingAccounts,
                modelsPerAccount,
                servicesPerAccount,
                experimentationAccounts,
                workspacesPerAccount,
                projectsPerWorkspace,
                experimentsPerProject,
                runs,
                metrics,
                artifacts,
                artifactBytes,
                assetsPerProject,
                jobsPerPerson,
                mlWorkspaces,
                clusters,
                galleryEntities,
                unlistedEntities,
                ownersMix);
    }

    /** Experiments, assets (from the first runs) and notification jobs per person, of each project. */
    public EstateSpec withProjectExtras(int experiments, int assets, int jobs) {
        return new EstateSpec(
                hostingAccounts,
                modelsPerAccount,
                servicesPerAccount,
                experimentationAccounts,
                workspacesPerAccount,
                projectsPerWorkspace,
                experiments,
                runsPerProject,
                metricsPerRun,
                artifactsPerRun,
                artifactBytes,
                assets,
                jobs,
                mlWorkspaces,
                clusters,
                galleryEntities,
                unlistedEntities,
                ownersMix);
    }

    /** Bytes of each generated artifact; they are made while they are sent. */
    public EstateSpec withArtifactBytes(long bytes) {
        return new EstateSpec(
                hostingAccounts,
                modelsPerAccount,
                servicesPerAccount,
                experimentationAccounts,
                workspacesPerAccount,
                projectsPerWorkspace,
                experimentsPerProject,
                runsPerProject,
                metricsPerRun,
                artifactsPerRun,
                bytes,
                assetsPerProject,
                jobsPerPerson,
                mlWorkspaces,
                clusters,
                galleryEntities,
                unlistedEntities,
                ownersMix);
    }

    /** Azure ML workspaces (with a compute of each type) and operationalization clusters. */
    public EstateSpec withCompute(int workspaces, int clusters) {
        return new EstateSpec(
                hostingAccounts,
                modelsPerAccount,
                servicesPerAccount,
                experimentationAccounts,
                workspacesPerAccount,
                projectsPerWorkspace,
                experimentsPerProject,
                runsPerProject,
                metricsPerRun,
                artifactsPerRun,
                artifactBytes,
                assetsPerProject,
                jobsPerPerson,
                workspaces,
                clusters,
                galleryEntities,
                unlistedEntities,
                ownersMix);
    }

    /** Public and unlisted Gallery entities of the subject. */
    public EstateSpec withGallery(int publicEntities, int unlisted) {
        return new EstateSpec(
                hostingAccounts,
                modelsPerAccount,
                servicesPerAccount,
                experimentationAccounts,
                workspacesPerAccount,
                projectsPerWorkspace,
                experimentsPerProject,
                runsPerProject,
                metricsPerRun,
                artifactsPerRun,
                artifactBytes,
                assetsPerProject,
                jobsPerPerson,
                mlWorkspaces,
                clusters,
                publicEntities,
                unlisted,
                ownersMix);
    }

    /** Who made the runs. */
    public EstateSpec withOwners(OwnersMix mix) {
        return new EstateSpec(
                hostingAccounts,
                modelsPerAccount,
                servicesPerAccount,
                experimentationAccounts,
                workspacesPerAccount,
                projectsPerWorkspace,
                experimentsPerProject,
                runsPerProject,
                metricsPerRun,
                artifactsPerRun,
                artifactBytes,
                assetsPerProject,
                jobsPerPerson,
                mlWorkspaces,
                clusters,
                galleryEntities,
                unlistedEntities,
                mix);
    }
}
