package io.dsrbroker.job;

import java.util.List;
import java.util.Set;

/** Where data may be; each kind names the fields that address it. */
public enum TargetKind {
    /** What the subject published in the Gallery. */
    GALLERY_AUTHOR("gallery-author", List.of(), Set.of()),
    /** A hosting account with its models, manifests, images and services. */
    HOSTING_ACCOUNT("hosting-account", List.of("subscriptionId", "resourceGroup", "account"), Set.of("location")),
    /** An experimentation account, or one workspace or project of it. */
    EXPERIMENTATION_ACCOUNT(
            "experimentation-account",
            List.of("subscriptionId", "resourceGroup", "account"),
            Set.of("workspace", "project", "location")),
    /** An ML workspace with its computes. */
    ML_WORKSPACE("ml-workspace", List.of("subscriptionId", "resourceGroup", "workspace"), Set.of("location")),
    /** A resource group with its operationalization clusters. */
    RESOURCE_GROUP("resource-group", List.of("subscriptionId", "resourceGroup"), Set.of("location")),
    /** A subscription whose accounts are discovered. */
    SUBSCRIPTION("subscription", List.of("subscriptionId"), Set.of("location"));

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of and Set.of only
    private final List<String> required;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> optional;

    TargetKind(String word, List<String> required, Set<String> optional) {
        this.word = word;
        this.required = required;
        this.optional = optional;
    }

    /** As it stands in requests and in the catalogue. */
    public String word() {
        return word;
    }

    /** The fields that it must have. */
    public List<String> required() {
        return required;
    }

    /** Whether it may have this field. */
    public boolean allows(String field) {
        return required.contains(field) || optional.contains(field);
    }

    /** The kind of this word. */
    public static java.util.Optional<TargetKind> of(String word) {
        return java.util.Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst();
    }
}
