package io.dsrbroker.job;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.jspecify.annotations.Nullable;

/** A target as a job keeps it; its name is the folder in the package. */
@Embeddable
class JobTarget {

    private String name;
    private boolean named;

    @Enumerated(EnumType.STRING)
    private TargetKind kind;

    private @Nullable String subscriptionId;
    private @Nullable String resourceGroup;
    private @Nullable String account;
    private @Nullable String workspace;
    private @Nullable String project;
    private @Nullable String location;

    @Enumerated(EnumType.STRING)
    private Target.@Nullable Select selection;

    @Enumerated(EnumType.STRING)
    private Target.@Nullable UnknownOwner unknownOwner;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected JobTarget() {}

    JobTarget(Target target, int ordinal) {
        this.named = target.name() != null;
        this.name = target.name() != null ? target.name() : target.kind().word() + "-" + (ordinal + 1);
        this.kind = target.kind();
        this.subscriptionId = target.subscriptionId();
        this.resourceGroup = target.resourceGroup();
        this.account = target.account();
        this.workspace = target.workspace();
        this.project = target.project();
        this.location = target.location();
        this.selection = target.select();
        this.unknownOwner = target.unknownOwner();
    }

    Target toTarget() {
        return new Target(
                named ? name : null,
                kind,
                subscriptionId,
                resourceGroup,
                account,
                workspace,
                project,
                location,
                selection,
                unknownOwner);
    }

    String folder() {
        return name;
    }
}
