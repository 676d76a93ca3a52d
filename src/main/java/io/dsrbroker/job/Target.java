package io.dsrbroker.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place where the subject's data may be.
 *
 * @param name unique in its request; null where the request gave none
 * @param kind which fields address it
 * @param subscriptionId a UUID
 * @param resourceGroup ARM resource group
 * @param account hosting or experimentation account
 * @param workspace experimentation or ML workspace
 * @param project experimentation project
 * @param location a region, asked only where no document says it
 * @param select whether all of it is the subject's; null for kinds that are keyed by the subject
 * @param unknownOwner what becomes of things that nobody owns
 */
public record Target(
        @Nullable String name,
        TargetKind kind,
        @Nullable String subscriptionId,
        @Nullable String resourceGroup,
        @Nullable String account,
        @Nullable String workspace,
        @Nullable String project,
        @Nullable String location,
        @Nullable Select select,
        @Nullable UnknownOwner unknownOwner) {

    /** How much of a target is the subject's. */
    public enum Select {
        /** Only what the owner rule attributes to the subject. */
        OWNED,
        /** The whole container. */
        ALL
    }

    /** What becomes of things of unknown owner under {@link Select#OWNED}. */
    public enum UnknownOwner {
        /** A person decides each. */
        REVIEW,
        /** They count as the subject's. */
        INCLUDE,
        /** They are left out. */
        EXCLUDE
    }

    /** Whether everything in it counts as the subject's. */
    public boolean all() {
        return select == Select.ALL;
    }

    /** The template variables that it supplies. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        put(variables, "subscriptionId", subscriptionId);
        put(variables, "resourceGroupName", resourceGroup);
        put(variables, "accountName", account);
        put(variables, "workspaceName", workspace);
        put(variables, "projectName", project);
        put(variables, "location", location);
        return variables;
    }

    /** The fields by their names in a request. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "subscriptionId", subscriptionId);
        put(fields, "resourceGroup", resourceGroup);
        put(fields, "account", account);
        put(fields, "workspace", workspace);
        put(fields, "project", project);
        put(fields, "location", location);
        return fields;
    }

    private static void put(Map<String, String> map, String name, @Nullable String value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
