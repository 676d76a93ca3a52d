package io.dsrbroker.simulator;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The resource manager and the resource providers behind it: rows 4, 13 to 17, 26 to 29 and 43 to 45, and the lists that find accounts. */
final class ArmService {

    private static final String SUBSCRIPTION = "/subscriptions/{subscription}";
    private static final String GROUP = SUBSCRIPTION + "/resourceGroups/{group}";
    private static final String HOSTING = "/providers/Microsoft.MachineLearningModelManagement/accounts";
    private static final String LABS = "/providers/Microsoft.MachineLearningExperimentation/accounts";
    private static final String LAB = GROUP + LABS + "/{account}";
    private static final String SPACE = LAB + "/workspaces/{workspace}";
    private static final String PROJECT = SPACE + "/projects/{project}";
    private static final String COMPUTES =
            GROUP + "/providers/Microsoft.MachineLearningServices/workspaces/{workspace}/computes";
    private static final String CLUSTERS =
            GROUP + "/providers/Microsoft.MachineLearningCompute/operationalizationClusters";
    private static final String HOSTING_VERSION = "2017-09-01-preview";
    private static final String LAB_VERSION = "2017-05-01-preview";
    private static final String COMPUTE_VERSION = "2018-03-01-preview";
    private static final String CLUSTER_VERSION = "2017-06-01-preview";

    private final Estate estate;
    private final SimulatorSettings settings;
    private final Pager pager;
    private final Operations operations;

    ArmService(Estate estate, SimulatorSettings settings, Pager pager, Operations operations) {
        this.estate = estate;
        this.settings = settings;
        this.pager = pager;
        this.operations = operations;
    }

    List<Route> routes() {
        var operationPath = SUBSCRIPTION + "/providers/{provider}/locations/{place}/";
        return List.of(
                Route.bearer(0, "GET", SUBSCRIPTION + HOSTING, HOSTING_VERSION, this::hostingAccountsEverywhere),
                Route.bearer(0, "GET", GROUP + HOSTING, HOSTING_VERSION, this::hostingAccounts),
                Route.bearer(17, "GET", GROUP + HOSTING + "/{account}", HOSTING_VERSION, this::hostingAccount),
                Route.bearer(4, "DELETE", GROUP + HOSTING + "/{account}", HOSTING_VERSION, this::deleteHostingAccount),
                Route.bearer(0, "GET", SUBSCRIPTION + LABS, LAB_VERSION, this::labsEverywhere),
                Route.bearer(0, "GET", GROUP + LABS, LAB_VERSION, this::labs),
                Route.bearer(43, "GET", LAB, LAB_VERSION, this::lab),
                Route.bearer(16, "DELETE", LAB, LAB_VERSION, this::deleteLab),
                Route.bearer(0, "GET", LAB + "/workspaces", LAB_VERSION, this::spaces),
                Route.bearer(44, "GET", SPACE, LAB_VERSION, this::space),
                Route.bearer(15, "DELETE", SPACE, LAB_VERSION, this::deleteSpace),
                Route.bearer(0, "GET", SPACE + "/projects", LAB_VERSION, this::projects),
                Route.bearer(45, "GET", PROJECT, LAB_VERSION, this::project),
                Route.bearer(13, "DELETE", PROJECT, LAB_VERSION, this::deleteProject),
                Route.bearer(26, "GET", COMPUTES, COMPUTE_VERSION, this::computes),
                Route.bearer(27, "GET", COMPUTES + "/{compute}", COMPUTE_VERSION, this::compute),
                Route.bearer(28, "GET", CLUSTERS, CLUSTER_VERSION, this::clusters),
                Route.bearer(29, "GET", CLUSTERS + "/{cluster}", CLUSTER_VERSION, this::cluster),
                Route.bearer(-1, "GET", operationPath + "operationResults/{operation}", null, operations::armResult),
                Route.bearer(-1, "GET", operationPath + "operationStatuses/{operation}", null, operations::armStatus));
    }

    private Reply hostingAccountsEverywhere(Call call) {
        var accounts = Bin.<ObjectNode>exact();
        return inSubscription(call, groups -> {
            groups.values()
                    .forEach(group -> group.hostingAccounts()
                            .values()
                            .forEach(account -> accounts.put(account.path("id").stringValue(""), account)));
            return pager.page(call, ListFamily.HOSTING_ACCOUNTS, accounts, Function.identity());
        });
    }

    private Reply hostingAccounts(Call call) {
        return inGroup(
                call,
                group -> pager.page(call, ListFamily.HOSTING_ACCOUNTS, group.hostingAccounts(), Function.identity()));
    }

    private Reply hostingAccount(Call call) {
        return inGroup(call, group -> found(group.hostingAccounts().get(call.variable("account")), call));
    }

    private Reply deleteHostingAccount(Call call) {
        return inGroup(call, group -> {
            var name = call.variable("account");
            return delete(
                    call,
                    4,
                    group.hostingAccounts().get(name) != null,
                    () -> group.hostingAccounts().remove(name) == null
                            ? Deletions.Deletion.ABSENT
                            : Deletions.Deletion.DELETED);
        });
    }

    private Reply labsEverywhere(Call call) {
        var labs = Bin.<Lab>exact();
        return inSubscription(call, groups -> {
            groups.values()
                    .forEach(group -> group.labs()
                            .values()
                            .forEach(lab -> labs.put(lab.place().armId(), lab)));
            return pager.page(call, ListFamily.EXPERIMENTATION_ACCOUNTS, labs, Lab::document);
        });
    }

    private Reply labs(Call call) {
        return inGroup(
                call, group -> pager.page(call, ListFamily.EXPERIMENTATION_ACCOUNTS, group.labs(), Lab::document));
    }

    private Reply lab(Call call) {
        return inGroup(call, group -> {
            var lab = group.labs().get(call.variable("account"));
            return found(lab == null ? null : lab.document(), call);
        });
    }

    private Reply deleteLab(Call call) {
        return inGroup(
                call,
                group -> delete(
                        call,
                        16,
                        estate.lab(call.lab()) != null,
                        () -> estate.deletions().lab(call.lab(), now())));
    }

    private Reply spaces(Call call) {
        return inGroup(call, group -> {
            var lab = estate.lab(call.lab());
            return lab == null
                    ? noParent(call)
                    : pager.page(call, ListFamily.WORKSPACES, lab.spaces(), Lab.Space::document);
        });
    }

    private Reply space(Call call) {
        return inGroup(call, group -> {
            var space = estate.space(call.space());
            return estate.lab(call.lab()) == null
                    ? noParent(call)
                    : foundInside(space == null ? null : space.document(), call);
        });
    }

    private Reply deleteSpace(Call call) {
        return inGroup(
                call,
                group -> delete(
                        call,
                        15,
                        estate.space(call.space()) != null,
                        () -> estate.deletions().space(call.space(), now(), now().plus(settings.parentLag))));
    }

    private Reply projects(Call call) {
        return inGroup(call, group -> {
            var space = estate.space(call.space());
            return space == null
                    ? noParent(call)
                    : pager.page(call, ListFamily.PROJECTS, space.projects(), Project::document);
        });
    }

    private Reply project(Call call) {
        return inGroup(call, group -> {
            var project = estate.project(call.project());
            return estate.space(call.space()) == null
                    ? noParent(call)
                    : foundInside(project == null ? null : project.document(), call);
        });
    }

    private Reply deleteProject(Call call) {
        return inGroup(
                call,
                group -> delete(
                        call,
                        13,
                        estate.project(call.project()) != null,
                        () -> estate.deletions()
                                .project(
                                        call.project(),
                                        now().plus(settings.cascadeLag),
                                        now().plus(settings.parentLag))));
    }

    private Reply computes(Call call) {
        return inGroup(call, group -> {
            var workspace = group.mlWorkspaces().get(call.variable("workspace"));
            return workspace == null
                    ? noParent(call)
                    : pager.page(call, ListFamily.COMPUTES, workspace.computes(), Function.identity());
        });
    }

    private Reply compute(Call call) {
        return inGroup(call, group -> {
            var workspace = group.mlWorkspaces().get(call.variable("workspace"));
            return workspace == null
                    ? noParent(call)
                    : found(workspace.computes().get(call.variable("compute")), call);
        });
    }

    private Reply clusters(Call call) {
        return inGroup(call, group -> pager.page(call, ListFamily.CLUSTERS, group.clusters(), Function.identity()));
    }

    private Reply cluster(Call call) {
        return inGroup(call, group -> foundInside(group.clusters().get(call.variable("cluster")), call));
    }

    private Instant now() {
        return settings.clock.instant();
    }

    private Reply inSubscription(Call call, Function<Bin<Group>, Reply> answer) {
        var groups = estate.subscription(call.variable("subscription"));
        return groups == null
                ? Errors.arm(404, "SubscriptionNotFound", "The subscription could not be found.")
                : answer.apply(groups);
    }

    private Reply inGroup(Call call, Function<Group, Reply> answer) {
        return inSubscription(call, groups -> {
            var group = groups.get(call.variable("group"));
            return group == null
                    ? Errors.arm(404, "ResourceGroupNotFound", "The resource group could not be found.")
                    : answer.apply(group);
        });
    }

    private static Reply found(@Nullable ObjectNode document, Call call) {
        return document == null
                ? Errors.arm(404, "ResourceNotFound", "The resource " + call.rawPath() + " was not found.")
                : Reply.ok(document);
    }

    /** What is missing inside a resource is told by its provider, in the provider's own shape. */
    private static Reply foundInside(@Nullable ObjectNode document, Call call) {
        return document == null
                ? Errors.provider(404, "ResourceNotFound", "The resource " + call.rawPath() + " was not found.")
                : Reply.ok(document);
    }

    private static Reply noParent(Call call) {
        return Errors.arm(404, "ParentResourceNotFound", "The parent of " + call.rawPath() + " was not found.");
    }

    private Reply delete(Call call, int row, boolean exists, Supplier<Deletions.Deletion> deletion) {
        var path = Ids.lower(call.rawPath());
        if (settings.lockedScopes.stream().anyMatch(scope -> path.startsWith(Ids.lower(scope)))) {
            return Errors.arm(409, "ScopeLocked", "The scope is locked; remove the lock and try again.");
        }
        if (hasChildren(call, row)) {
            return nested();
        }
        return operations.arm(call, row, exists, () -> switch (deletion.get()) {
            case DELETED -> Reply.empty(200);
            case ABSENT -> Reply.empty(204);
            case HAS_CHILDREN -> nested();
        });
    }

    private boolean hasChildren(Call call, int row) {
        var lab = row == 16 ? estate.lab(call.lab()) : null;
        var space = row == 15 ? estate.space(call.space()) : null;
        return (lab != null && !lab.spaces().isEmpty())
                || (space != null && !space.projects().isEmpty());
    }

    private static Reply nested() {
        return Errors.arm(409, "CannotDeleteResource", "Can not delete resource before nested resources are deleted.");
    }
}
