package io.dsrbroker.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What one page of a list brings into the world. */
public final class Brood {

    private final List<NewContainer> containers = new ArrayList<>();
    private final List<NewTask> tasks = new ArrayList<>();
    private final List<PlanItem> planned = new ArrayList<>();
    private final Map<UUID, JsonNode> documents = new LinkedHashMap<>();
    private Found found = Found.NOTHING;

    void add(NewContainer container) {
        containers.add(container);
    }

    void add(NewTask task) {
        tasks.add(task);
    }

    void add(PlanItem item) {
        planned.add(item);
    }

    void addAll(List<NewTask> more) {
        tasks.addAll(more);
    }

    void keep(UUID task, JsonNode document) {
        documents.put(task, document);
    }

    void count(Owner owner) {
        found = found.plus(
                switch (owner) {
                    case SUBJECT -> new Found(1, 0, 0, 0);
                    case OTHERS -> new Found(0, 1, 0, 0);
                    case UNKNOWN -> new Found(0, 0, 1, 0);
                });
    }

    void countContainer() {
        found = found.plus(new Found(0, 0, 0, 1));
    }

    /** Containers to keep. */
    public List<NewContainer> containers() {
        return containers;
    }

    /** Tasks to keep. */
    public List<NewTask> tasks() {
        return tasks;
    }

    /** What a delete plans to do with what was found. */
    public List<PlanItem> planned() {
        return planned;
    }

    /** Documents that came with the list, by task; not yet redacted. */
    public Map<UUID, JsonNode> documents() {
        return documents;
    }

    /** Whose things they were. */
    public Found found() {
        return found;
    }
}
