package io.dsrbroker.simulator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Where things are: an author's Gallery page, or a container named as in the broker's targets; the parts that do not apply are null. */
public record Place(
        Kind kind,
        String subscriptionId,
        String resourceGroup,
        @Nullable String account,
        @Nullable String workspace,
        @Nullable String project) {

    /** The kinds of targets. */
    public enum Kind {
        /** The Gallery page of a person. */
        GALLERY_AUTHOR("gallery-author"),
        /** A model management hosting account. */
        HOSTING_ACCOUNT("hosting-account"),
        /** An experimentation account, or one of its workspaces or projects. */
        EXPERIMENTATION_ACCOUNT("experimentation-account"),
        /** An Azure ML workspace with computes. */
        ML_WORKSPACE("ml-workspace"),
        /** A resource group with operationalization clusters. */
        RESOURCE_GROUP("resource-group"),
        /** All accounts of a subscription that its lists show. */
        SUBSCRIPTION("subscription");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /** The name that the broker's API uses. */
        public String wireName() {
            return wireName;
        }
    }

    /** The Gallery. */
    public static Place gallery() {
        return new Place(Kind.GALLERY_AUTHOR, "", "", null, null, null);
    }

    /** A hosting account and its models. */
    public static Place hostingAccount(String subscriptionId, String resourceGroup, String account) {
        return new Place(Kind.HOSTING_ACCOUNT, subscriptionId, resourceGroup, account, null, null);
    }

    /** An experimentation account with all its workspaces. */
    public static Place lab(String subscriptionId, String resourceGroup, String account) {
        return new Place(Kind.EXPERIMENTATION_ACCOUNT, subscriptionId, resourceGroup, account, null, null);
    }

    /** An Azure ML workspace. */
    public static Place mlWorkspace(String subscriptionId, String resourceGroup, String workspace) {
        return new Place(Kind.ML_WORKSPACE, subscriptionId, resourceGroup, null, workspace, null);
    }

    /** A resource group, for its clusters. */
    public static Place resourceGroup(String subscriptionId, String resourceGroup) {
        return new Place(Kind.RESOURCE_GROUP, subscriptionId, resourceGroup, null, null, null);
    }

    /** A whole subscription, for the accounts in it. */
    public static Place subscription(String subscriptionId) {
        return new Place(Kind.SUBSCRIPTION, subscriptionId, "", null, null, null);
    }

    /** This place as a target of the broker's API. */
    public ObjectNode target() {
        var target = Json.object().put("kind", kind.wireName());
        put(target, "subscriptionId", subscriptionId);
        put(target, "resourceGroup", resourceGroup);
        put(target, "account", account);
        put(target, "workspace", workspace);
        put(target, "project", project);
        return target;
    }

    private static void put(ObjectNode target, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            target.put(name, value);
        }
    }

    /** One workspace of this experimentation account. */
    public Place workspace(String name) {
        return new Place(kind, subscriptionId, resourceGroup, account, name, null);
    }

    /** One project of this workspace. */
    public Place project(String name) {
        return new Place(kind, subscriptionId, resourceGroup, account, workspace, name);
    }

    String accountName() {
        return named(account);
    }

    String workspaceName() {
        return named(workspace);
    }

    String projectName() {
        return named(project);
    }

    private String named(@Nullable String part) {
        if (part == null) {
            throw new IllegalArgumentException("not named in " + this);
        }
        return part;
    }

    /** Whether the other experimentation place is this one or lies inside it. */
    boolean contains(Place other) {
        return kind == other.kind
                && subscriptionId.equalsIgnoreCase(other.subscriptionId)
                && resourceGroup.equalsIgnoreCase(other.resourceGroup)
                && covers(account, other.account)
                && covers(workspace, other.workspace)
                && covers(project, other.project);
    }

    private static boolean covers(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equalsIgnoreCase(actual);
    }

    /** The path of the resource in the resource manager. */
    public String armId() {
        var group = "/subscriptions/" + subscriptionId + "/resourceGroups/" + resourceGroup;
        return switch (kind) {
            case GALLERY_AUTHOR -> "";
            case SUBSCRIPTION -> "/subscriptions/" + subscriptionId;
            case RESOURCE_GROUP -> group;
            case HOSTING_ACCOUNT ->
                group + "/providers/Microsoft.MachineLearningModelManagement/accounts/" + accountName();
            case ML_WORKSPACE -> group + "/providers/Microsoft.MachineLearningServices/workspaces/" + workspaceName();
            case EXPERIMENTATION_ACCOUNT ->
                group + "/providers/Microsoft.MachineLearningExperimentation/accounts/" + accountName()
                        + (workspace == null ? "" : "/workspaces/" + workspace)
                        + (project == null ? "" : "/projects/" + project);
        };
    }
}
