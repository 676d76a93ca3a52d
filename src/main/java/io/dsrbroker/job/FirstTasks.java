package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Plants the first tasks of a job. */
@Component
class FirstTasks {

    private final Catalogue catalogue;
    private final Births births;
    private final Containers containers;
    private final Tasks tasks;
    private final StageChanges stages;

    FirstTasks(Catalogue catalogue, Births births, Containers containers, Tasks tasks, StageChanges stages) {
        this.catalogue = catalogue;
        this.births = births;
        this.containers = containers;
        this.tasks = tasks;
        this.stages = stages;
    }

    String catalogueHash() {
        return catalogue.hash();
    }

    /** Keeps them; answers whether any of them is open. */
    boolean plant(JobContext job, Instant now) {
        List<NewContainer> roots = new ArrayList<>();
        List<NewTask> first = new ArrayList<>();
        for (int ordinal = 0; ordinal < job.targets().size(); ordinal++) {
            NewContainer root = births.root(job, ordinal);
            roots.add(root);
            first.addAll(births.firstTasks(job, root));
        }
        containers.add(job.id(), roots);
        tasks.add(job.id(), first, Map.of());
        stages.record(job.id(), Stage.RECEIVED, now);
        return first.stream().anyMatch(task -> !task.state().terminal());
    }
}
