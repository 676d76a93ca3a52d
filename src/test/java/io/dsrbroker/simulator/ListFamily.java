package io.dsrbroker.simulator;

/** The lists that can be paged, each with the query parameter that carries its token and its default page size. */
public enum ListFamily {
    /** Rows 2 and 3. */
    GALLERY_ENTITIES("$skip", 100),
    /** Hosting accounts of a subscription or resource group. */
    HOSTING_ACCOUNTS("$skiptoken", 20),
    /** Experimentation accounts of a subscription or resource group. */
    EXPERIMENTATION_ACCOUNTS("$skiptoken", 20),
    /** Workspaces of an experimentation account. */
    WORKSPACES("$skiptoken", 20),
    /** Projects of a workspace. */
    PROJECTS("$skiptoken", 20),
    /** Row 26. */
    COMPUTES("$skiptoken", 20),
    /** Row 28. */
    CLUSTERS("$skiptoken", 20),
    /** Rows 5 and 18. */
    MODELS("$skipToken", 20),
    /** Rows 7 and 20. */
    MANIFESTS("$skipToken", 20),
    /** Rows 11 and 24. */
    IMAGES("$skipToken", 20),
    /** Rows 9 and 22. */
    SERVICES("$skipToken", 20),
    /** Row 30. */
    RUNS("$continuationtoken", 100),
    /** Row 31. */
    EXPERIMENTS("$continuationtoken", 100),
    /** Row 33. */
    RUN_METRICS("$continuationtoken", 100),
    /** Rows 35 and 40. */
    RUN_ARTIFACTS("continuationToken", 100),
    /** Row 38. */
    ARTIFACTS("continuationToken", 100),
    /** Row 37. */
    ASSETS("continuationToken", 100),
    /** Row 42. */
    NOTIFICATION_JOBS("continuationToken", 100);

    private final String parameter;
    private final int pageSize;

    ListFamily(String parameter, int pageSize) {
        this.parameter = parameter;
        this.pageSize = pageSize;
    }

    String parameter() {
        return parameter;
    }

    int defaultPageSize() {
        return pageSize;
    }

    /** Whether the token stands in the body too; the others have only the link. */
    boolean hasToken() {
        return compareTo(RUNS) >= 0;
    }
}
