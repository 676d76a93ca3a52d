package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Redaction;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.export.Payloads;
import io.dsrbroker.job.Births;
import io.dsrbroker.job.Brood;
import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Containers;
import io.dsrbroker.job.Evidence;
import io.dsrbroker.job.Found;
import io.dsrbroker.job.Harvest;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.upstream.Continuation;
import io.dsrbroker.upstream.Outcome;
import io.dsrbroker.upstream.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads every page of a list; each page is settled by itself, so that a crash costs one page. */
@Component
class Discovering {

    private final Catalogue catalogue;
    private final Calls calls;
    private final Harvest harvest;
    private final Containers containers;
    private final Cursors cursors;
    private final Verdicts verdicts;
    private final CompletenessCheck completeness;
    private final JsonMapper json;

    Discovering(
            Catalogue catalogue,
            Calls calls,
            Harvest harvest,
            Containers containers,
            Cursors cursors,
            Verdicts verdicts,
            CompletenessCheck completeness,
            JsonMapper json) {
        this.catalogue = catalogue;
        this.calls = calls;
        this.harvest = harvest;
        this.containers = containers;
        this.cursors = cursors;
        this.verdicts = verdicts;
        this.completeness = completeness;
        this.json = json;
    }

    void perform(Attempt attempt) {
        ClaimedTask task = attempt.task();
        ResourceType type = catalogue.type(task.type());
        Call call = Objects.requireNonNull(Births.discoveryCall(type, task.place()));
        boolean resumable = type.completeness() == null;
        Continuation at = resumable ? cursors.continuation(task) : null;
        Found found = at == null ? Found.NOTHING : task.found();
        Set<String> seen = new HashSet<>();
        Set<String> keys = new HashSet<>();
        while (true) {
            Calls.Made made = calls.make(attempt, type, call, at);
            if (!(made.outcome() instanceof Outcome.Answered answered)) {
                attempt.emit(end(attempt, failed(made.outcome(), attempt, call, at, found)));
                return;
            }
            Optional<Page> read = page(type, call, answered.body());
            if (read.isEmpty()) {
                Outcome poison = new Outcome.Poison(answered.exchange(), "the answer is no list");
                attempt.emit(end(attempt, verdicts.on(poison, attempt)));
                return;
            }
            Page page = read.get();
            page.items().forEach(item -> keys.add(Digests.hex(item.toString())));
            Brood brood = brood(attempt, type, page.items());
            found = found.plus(brood.found());
            Continuation next = page.next();
            boolean loops = next != null && (next.equals(at) || !seen.add(next.toString()));
            if (next == null || loops) {
                Change change = loops ? loop() : completeness.check(attempt, type, keys.size());
                attempt.emit(result(attempt, change.having(found), brood, made.evidence(), type, true));
                return;
            }
            String cursor = resumable ? cursors.sealed(task, next) : null;
            Change change = Change.to(TaskState.READY).going(0, cursor).having(found);
            attempt.emit(result(attempt, change, brood, made.evidence(), type, false));
            at = next;
        }
    }

    /** A thing that is looked up by name is a list of one. */
    static Optional<Page> page(ResourceType type, Call call, JsonNode body) {
        return call.equals(type.get()) ? Optional.of(new Page(List.of(body), null)) : Page.of(body);
    }

    private Change failed(Outcome outcome, Attempt attempt, Call call, @Nullable Continuation at, Found found) {
        if (outcome instanceof Outcome.Absent && call.absentIsEmpty()) {
            return Change.to(TaskState.DISCOVERED).having(found);
        }
        if (outcome instanceof Outcome.Rejected rejected && at != null) {
            // A link to a page may have grown too old: the list is read again from its start.
            return verdicts.again(attempt, Reason.UPSTREAM_UNAVAILABLE, rejected.words())
                    .going(0, null);
        }
        Change verdict = verdicts.on(outcome, attempt);
        return at == null || verdict.state().terminal()
                ? verdict.having(found)
                : verdict.going(0, cursors.sealed(attempt.task(), at)).having(found);
    }

    private static Change loop() {
        return Change.to(
                TaskState.INCOMPLETE,
                Reason.PAGING_LOOP,
                "The list led back to a page that was already read; there may be more behind it.",
                "Compare with the service's own pages, then retry.");
    }

    private Brood brood(Attempt attempt, ResourceType type, List<JsonNode> items) {
        ClaimedTask task = attempt.task();
        Set<UUID> asked = harvest.ownersAskedFor(attempt.job(), type, task.place(), items);
        return harvest.of(attempt.job(), task, type, items, containers.standings(task.job(), asked));
    }

    private static Result end(Attempt attempt, Change change) {
        return new Result(
                attempt.task(),
                change.of(attempt, true),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                true,
                attempt.millis());
    }

    private Result result(Attempt attempt, Change change, Brood brood, Evidence page, ResourceType type, boolean last) {
        Redaction redaction = Redaction.of(type);
        List<Document> documents = new ArrayList<>();
        Map<UUID, Evidence> evidence = new HashMap<>();
        brood.documents().forEach((task, item) -> {
            byte[] bytes = json.writeValueAsBytes(redaction.apply(item));
            documents.add(new Document.Json(task, Payloads.DOCUMENT, bytes));
            evidence.put(task, page);
        });
        return new Result(
                attempt.task(),
                change.of(attempt, last),
                brood.containers(),
                brood.tasks(),
                evidence,
                documents,
                brood.planned(),
                null,
                last,
                attempt.millis());
    }
}
