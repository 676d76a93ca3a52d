package io.dsrbroker.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Everything the upstreams hold; safe to change while a simulator serves it. */
public final class Estate {

    /** Stands in every credential of every document, so that tests can look for leaks. */
    public static final String SECRET_MARKER = "LEAKED-CREDENTIAL";

    /** The subscription of generated estates. */
    public static final String SUBSCRIPTION = "34adfa4f-cedf-4dc0-ba29-b6d1a69ab345";

    /** The resource group of generated estates. */
    public static final String GROUP = "researchGroup1";

    private final Bin<Bin<Group>> subscriptions = Bin.ignoringCase();
    private final Bin<GalleryAuthor> authors = Bin.exact();
    private final ConcurrentMap<String, Place> placesById = new ConcurrentHashMap<>();

    private final Deletions deletions = new Deletions(this);

    private Estate() {}

    /** An empty estate to fill. */
    public static Builder builder() {
        return new Builder(new Estate());
    }

    /** A small estate of a subject among other people (two made-up ones when none are given). */
    public static Estate sample(Person subject, Person... others) {
        return generate(EstateSpec.small(), subject, others);
    }

    /** An estate of this size; the same arguments always give the same content. */
    public static Estate generate(EstateSpec spec, Person subject, Person... others) {
        var rest = others.length > 0
                ? List.of(others)
                : List.of(Person.named("Ada", "Other"), Person.named("Noor", "Else"));
        return new EstateGenerator(spec, subject, rest).fill(builder()).build();
    }

    /** Adds to an estate, or takes from it; every method may also be called while the estate is being served. */
    public Builder change() {
        return new Builder(this);
    }

    /** The targets under which everything here is reached: one per account, workspace with computes, and resource group with clusters. */
    public List<Place> places() {
        var places = new ArrayList<Place>();
        places.add(Place.gallery());
        for (var group : groups()) {
            group.modelStores()
                    .values()
                    .forEach(store ->
                            places.add(Place.hostingAccount(group.subscriptionId(), group.name(), store.account())));
            group.labs().values().forEach(lab -> places.add(lab.place()));
            group.mlWorkspaces().values().forEach(workspace -> places.add(workspace.place()));
            if (!group.clusters().isEmpty()) {
                places.add(Place.resourceGroup(group.subscriptionId(), group.name()));
            }
        }
        return places;
    }

    /** Every project that is not deleted, as a place of its own. */
    public List<Place> projects() {
        return liveProjects().stream().map(Project::place).toList();
    }

    /** The ids of all Gallery entities of a person, unlisted ones too. */
    public List<String> galleryEntityIds(Person person) {
        var author = authors.get(person.authorId());
        return author == null ? List.of() : ids(author.all(), "id");
    }

    /** The ids of the models of a hosting account. */
    public List<String> modelIds(Place account) {
        var store = modelStore(account);
        return store == null ? List.of() : ids(store.models(), "id");
    }

    /** The ids of the services of a hosting account. */
    public List<String> serviceIds(Place account) {
        var store = modelStore(account);
        return store == null ? List.of() : ids(store.services(), "ID");
    }

    /** The runs of a project that is not deleted. */
    public List<Run> runs(Place place) {
        var project = project(place);
        return project == null
                ? List.of()
                : project.runs().values().stream().map(Project.HeldRun::run).toList();
    }

    private static List<String> ids(Bin<ObjectNode> documents, String field) {
        return documents.values().stream()
                .map(document -> document.path(field).stringValue(""))
                .toList();
    }

    private @Nullable ModelStore modelStore(Place account) {
        var group = group(account.subscriptionId(), account.resourceGroup());
        return group == null ? null : group.modelStores().get(account.accountName());
    }

    @Nullable
    GalleryAuthor author(String authorId) {
        return authors.get(authorId);
    }

    Collection<GalleryAuthor> authors() {
        return authors.values();
    }

    @Nullable
    Bin<Group> subscription(String id) {
        return subscriptions.get(id);
    }

    @Nullable
    Group group(String subscriptionId, String name) {
        var groups = subscriptions.get(subscriptionId);
        return groups == null ? null : groups.get(name);
    }

    List<Group> groups() {
        return subscriptions.values().stream()
                .flatMap(groups -> groups.values().stream())
                .toList();
    }

    @Nullable
    Lab lab(Place place) {
        var group = group(place.subscriptionId(), place.resourceGroup());
        return group == null ? null : group.labs().get(place.accountName());
    }

    Lab.@Nullable Space space(Place place) {
        var lab = lab(place);
        return lab == null ? null : lab.spaces().get(place.workspaceName());
    }

    @Nullable
    Project project(Place place) {
        var space = space(place);
        return space == null ? null : space.projects().get(place.projectName());
    }

    /** The stores of a project, which outlive its document for a while. */
    @Nullable
    Project stores(Place place, Instant now) {
        var live = project(place);
        return live != null ? live : deletions.doomed(place, now);
    }

    /** The stores of the project with this id. */
    @Nullable
    Project storesById(String projectId, Instant now) {
        var place = placesById.get(projectId);
        return place == null ? null : stores(place, now);
    }

    Deletions deletions() {
        return deletions;
    }

    List<Project> liveProjects() {
        return groups().stream()
                .flatMap(group -> group.labs().values().stream())
                .flatMap(lab -> lab.spaces().values().stream())
                .flatMap(space -> space.projects().values().stream())
                .toList();
    }

    /** Puts things into an estate, or takes them away as people do by hand; containers must be put before what is in them. */
    public static final class Builder {

        private final Estate estate;

        private Builder(Estate estate) {
            this.estate = estate;
        }

        /** A Gallery page; {@code entities_count} counts both kinds. */
        public Builder author(Person person, int publicEntities, int unlisted) {
            estate.authors.put(person.authorId(), GalleryAuthor.of(person, publicEntities, unlisted));
            return this;
        }

        /** A resource group that may stay empty. */
        public Builder group(String subscriptionId, String name) {
            groupOf(subscriptionId, name);
            return this;
        }

        /** A hosting account with so many models, manifests and images, and services that use the first of them. */
        public Builder hostingAccount(Place place, String location, int models, int services) {
            var group = groupOf(place.subscriptionId(), place.resourceGroup());
            group.hostingAccounts().put(place.accountName(), ArmDocuments.hostingAccount(place, location));
            var store = ModelStore.empty(place.accountName(), location);
            EstateGenerator.fill(store, models, services);
            group.modelStores().put(place.accountName(), store);
            return this;
        }

        /** An experimentation account without workspaces. */
        public Builder lab(Place place, String location) {
            groupOf(place.subscriptionId(), place.resourceGroup())
                    .labs()
                    .put(place.accountName(), Lab.empty(place, location));
            return this;
        }

        /** A workspace of an experimentation account. */
        public Builder workspace(Place place) {
            existing(estate.lab(place), place).addSpace(place.workspaceName());
            return this;
        }

        /** An empty project; its location may differ from the account's. */
        public Builder project(Place place, String location, DataContainers containers) {
            existing(estate.space(place), place)
                    .projects()
                    .put(place.projectName(), Project.empty(place, location, containers));
            estate.placesById.put(ArmDocuments.projectId(place), place);
            return this;
        }

        /** A run of a project. */
        public Builder run(Place project, Run run) {
            return in(project, it -> it.add(run));
        }

        /** The experiment with this number. */
        public Builder experiment(Place project, int number) {
            return in(project, it -> it.addExperiment(number));
        }

        /** A named asset, of a run or of nobody. */
        public Builder asset(Place project, String name, @Nullable String runId) {
            return in(project, it -> it.addAsset(name, runId));
        }

        /** Notification jobs of a person. */
        public Builder jobs(Place project, Person person, int number) {
            return in(project, it -> it.addJobs(person, number));
        }

        /** An Azure ML workspace with one compute of each type. */
        public Builder computes(Place place, String location) {
            var workspace = new Group.MlWorkspace(place, Bin.ignoringCase());
            for (var type : ComputeDocuments.Type.values()) {
                var name = Ids.lower(type.name()) + "-compute";
                workspace.computes().put(name, ComputeDocuments.compute(place, name, type, location));
            }
            groupOf(place.subscriptionId(), place.resourceGroup())
                    .mlWorkspaces()
                    .put(place.workspaceName(), workspace);
            return this;
        }

        /** An operationalization cluster. */
        public Builder cluster(Place group, String name, String location) {
            groupOf(group.subscriptionId(), group.resourceGroup())
                    .clusters()
                    .put(name, ArmDocuments.cluster(group, name, location));
            return this;
        }

        /** One more model, without manifest or image. */
        public Builder model(Place account, int number) {
            existing(estate.modelStore(account), account).addModel(number);
            return this;
        }

        /** Somebody deleted an item of the Gallery after signing in there. */
        public Builder removeGalleryEntity(Person person, String entityId) {
            var author = estate.author(person.authorId());
            if (author != null) {
                author.remove(entityId);
            }
            return this;
        }

        /** Somebody deleted their whole page of the Gallery. */
        public Builder removeGalleryProfile(Person person) {
            estate.authors.remove(person.authorId());
            return this;
        }

        /** A run is gone, with its metrics and artifacts. */
        public Builder removeRun(Place project, String runId) {
            return in(project, it -> it.removeRun(runId));
        }

        /** A model is gone. */
        public Builder removeModel(Place account, String modelId) {
            existing(estate.modelStore(account), account).models().remove(modelId);
            return this;
        }

        /** A hosting account is gone with everything in it; its resource group stays. */
        public Builder removeHostingAccount(Place place) {
            var group = groupOf(place.subscriptionId(), place.resourceGroup());
            group.hostingAccounts().remove(place.accountName());
            group.modelStores().remove(place.accountName());
            return this;
        }

        /** A resource group is gone with everything in it. */
        public Builder removeGroup(String subscriptionId, String name) {
            var groups = estate.subscription(subscriptionId);
            if (groups != null) {
                groups.remove(name);
            }
            return this;
        }

        /** The estate with all that was put into it. */
        public Estate build() {
            return estate;
        }

        private Builder in(Place place, Consumer<Project> change) {
            change.accept(existing(estate.project(place), place));
            return this;
        }

        private Group groupOf(String subscriptionId, String name) {
            return estate.subscriptions
                    .getOrCreate(subscriptionId, Bin.ignoringCase())
                    .getOrCreate(name, Group.empty(subscriptionId, name));
        }

        private static <T> T existing(@Nullable T container, Place place) {
            if (container == null) {
                throw new IllegalArgumentException("the container has to be put first: " + place);
            }
            return container;
        }
    }
}
