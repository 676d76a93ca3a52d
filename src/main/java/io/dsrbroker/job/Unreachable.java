package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.OutOfScope;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.shared.JobId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the broker can do nothing about, as every account of a job tells. */
@Component
public class Unreachable {

    private final TaskViews tasks;
    private final Catalogue catalogue;

    Unreachable(TaskViews tasks, Catalogue catalogue) {
        this.tasks = tasks;
        this.catalogue = catalogue;
    }

    /** What no call reaches, and what of this job none of the catalogue's calls deletes. */
    public List<OutOfScope> of(JobId job) {
        List<OutOfScope> all = new ArrayList<>(catalogue.outOfScope());
        for (String type : tasks.outOfScope(job)) {
            ResourceType known = catalogue.types().get(type);
            ResourceType.NotOffered why = known == null ? null : known.notOffered();
            all.add(
                    why == null
                            ? new OutOfScope(type, "The catalogue names no call that deletes it.", "")
                            : new OutOfScope(type, why.reason(), why.where()));
        }
        return List.copyOf(all);
    }
}
