package io.dsrbroker.api;

import io.dsrbroker.job.Target;
import org.jspecify.annotations.Nullable;

/** A target with its kind in the word that requests use. */
record TargetView(
        String name,
        String kind,
        @Nullable String subscriptionId,
        @Nullable String resourceGroup,
        @Nullable String account,
        @Nullable String workspace,
        @Nullable String project,
        @Nullable String location,
        Target.@Nullable Select select,
        Target.@Nullable UnknownOwner unknownOwner) {

    static TargetView of(String name, Target target) {
        return new TargetView(
                name,
                target.kind().word(),
                target.subscriptionId(),
                target.resourceGroup(),
                target.account(),
                target.workspace(),
                target.project(),
                target.location(),
                target.select(),
                target.unknownOwner());
    }
}
