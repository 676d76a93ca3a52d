package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Redaction;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.export.Payloads;
import io.dsrbroker.job.Births;
import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Harvest;
import io.dsrbroker.job.NewContainer;
import io.dsrbroker.job.NewTask;
import io.dsrbroker.job.Place;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.upstream.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Fetches one resource: its document, or the URI beside a document that came with its list. */
@Component
class Exporting {

    private final Catalogue catalogue;
    private final Calls calls;
    private final Births births;
    private final Harvest harvest;
    private final Verdicts verdicts;
    private final ContentFetching contents;
    private final JsonMapper json;

    Exporting(
            Catalogue catalogue,
            Calls calls,
            Births births,
            Harvest harvest,
            Verdicts verdicts,
            ContentFetching contents,
            JsonMapper json) {
        this.catalogue = catalogue;
        this.calls = calls;
        this.births = births;
        this.harvest = harvest;
        this.verdicts = verdicts;
        this.contents = contents;
        this.json = json;
    }

    void perform(Attempt attempt) {
        ResourceType type = catalogue.type(attempt.task().type());
        Call get = type.get();
        Call attach = type.attach();
        Call content = type.content();
        if (content != null) {
            attempt.emit(contents.perform(attempt, type, content));
        } else if (attach != null) {
            attempt.emit(uri(attempt, type, attach));
        } else if (get != null) {
            attempt.emit(document(attempt, type, get));
        } else {
            throw new IllegalStateException("Nothing is left to be called for a " + type.name());
        }
    }

    private Result document(Attempt attempt, ResourceType type, Call get) {
        ClaimedTask task = attempt.task();
        Outcome outcome = calls.make(attempt, type, get, null).outcome();
        if (outcome instanceof Outcome.Answered answered) {
            List<NewContainer> refined = refined(attempt, type, answered.body());
            List<NewTask> children = children(attempt, type, answered.body());
            JsonNode kept = Redaction.of(type).apply(answered.body());
            Document document = new Document.Json(task.id(), Payloads.DOCUMENT, json.writeValueAsBytes(kept));
            return result(attempt, Change.to(TaskState.EXPORTED), refined, children, List.of(document));
        }
        Change verdict = verdicts.on(outcome, attempt);
        // What lies in a thing can often be read although the thing itself cannot.
        boolean readWithin = verdict.state() == TaskState.FAILED
                || verdict.state() == TaskState.UNVERIFIED
                || verdict.state() == TaskState.NEEDS_ACTION;
        return result(attempt, verdict, List.of(), readWithin ? children(attempt, type, null) : List.of(), List.of());
    }

    private Result uri(Attempt attempt, ResourceType type, Call attach) {
        Outcome outcome = calls.make(attempt, type, attach, null).outcome();
        if (outcome instanceof Outcome.Answered answered) {
            byte[] bytes = json.writeValueAsBytes(Redaction.urls(answered.body()));
            Document document = new Document.Json(attempt.task().id(), Payloads.URI, bytes);
            return result(attempt, Change.to(TaskState.EXPORTED), List.of(), List.of(), List.of(document));
        }
        if (outcome instanceof Outcome.Absent) {
            // The document came with the list; only the link to it is missing.
            return result(attempt, Change.to(TaskState.EXPORTED), List.of(), List.of(), List.of());
        }
        return result(attempt, verdicts.on(outcome, attempt), List.of(), List.of(), List.of());
    }

    private List<NewContainer> refined(Attempt attempt, ResourceType type, JsonNode document) {
        ClaimedTask task = attempt.task();
        return type.container() || type.path() == null || task.key() == null
                ? List.of()
                : List.of(harvest.refined(attempt.job(), type, task.place(), task.key(), document));
    }

    private List<NewTask> children(Attempt attempt, ResourceType type, @Nullable JsonNode document) {
        ClaimedTask task = attempt.task();
        String key = task.key();
        // A delete has discovered everything before it exports.
        if (type.container() || type.path() == null || key == null || task.phase() != null) {
            return List.of();
        }
        JsonNode source = document == null ? JsonNodeFactory.instance.objectNode() : document;
        Place place = task.place();
        Place within = new Place(
                Births.containerId(task.job(), place, type.name(), key),
                place.target(),
                place.owner(),
                null,
                Harvest.variables(type, place, key, source),
                place.path(),
                null);
        return births.within(attempt.job(), 1, within, type);
    }

    private static Result result(
            Attempt attempt,
            Change change,
            List<NewContainer> containers,
            List<NewTask> children,
            List<Document> documents) {
        return new Result(
                attempt.task(),
                change.of(attempt, true),
                containers,
                children,
                Map.of(),
                documents,
                true,
                attempt.millis());
    }
}
