package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Documents;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.catalogue.Upstream;
import io.dsrbroker.export.Payloads;
import io.dsrbroker.export.StoredContent;
import io.dsrbroker.job.Births;
import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.upstream.Exchange;
import io.dsrbroker.upstream.Outcome;
import io.dsrbroker.upstream.UpstreamClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Fetches content in two steps: the upstream says where it lies, and it is downloaded from there, without the bearer,
 * on the lane of the host that serves it.
 */
@Component
class ContentFetching {

    static final String UPSTREAM = "content";

    private static final int LOCATE = 0;
    private static final int DOWNLOAD = 1;

    private final Catalogue catalogue;
    private final Calls calls;
    private final UpstreamClient client;
    private final Payloads payloads;
    private final Births births;
    private final Cursors cursors;
    private final Verdicts verdicts;

    ContentFetching(
            Catalogue catalogue,
            Calls calls,
            UpstreamClient client,
            Payloads payloads,
            Births births,
            Cursors cursors,
            Verdicts verdicts) {
        this.catalogue = catalogue;
        this.calls = calls;
        this.client = client;
        this.payloads = payloads;
        this.births = births;
        this.cursors = cursors;
        this.verdicts = verdicts;
    }

    Result perform(Attempt attempt, ResourceType type, Call content) {
        return switch (attempt.task().step()) {
            case LOCATE -> located(attempt, type, content);
            case DOWNLOAD -> downloaded(attempt, type, content);
            default ->
                throw new IllegalStateException(
                        "Content has no step " + attempt.task().step());
        };
    }

    private Result located(Attempt attempt, ResourceType type, Call content) {
        Outcome outcome = calls.make(attempt, type, content, null).outcome();
        if (!(outcome instanceof Outcome.Answered answered)) {
            return result(attempt, verdicts.on(outcome, attempt), null);
        }
        Optional<String> url = Documents.text(answered.body(), type.contentUri());
        if (url.isEmpty()) {
            Outcome poison = new Outcome.Poison(answered.exchange(), "the answer does not say where the content lies");
            return result(attempt, verdicts.on(poison, attempt), null);
        }
        return client.contentHost(upstream(type), url.get())
                .map(host -> halfway(
                        attempt,
                        Change.to(TaskState.READY)
                                .going(DOWNLOAD, cursors.sealedUrl(attempt.task(), url.get()))
                                .movedTo(UPSTREAM + ":" + host, UPSTREAM)))
                .orElseGet(() -> result(
                        attempt,
                        Change.to(
                                TaskState.FAILED,
                                Reason.HOSTILE_URL,
                                "The content lies at an origin that is not allowed for it.",
                                "If the origin is right, allow it under content-origins, then retry."),
                        null));
    }

    private Result downloaded(Attempt attempt, ResourceType type, Call content) {
        ClaimedTask task = attempt.task();
        AtomicReference<@Nullable StoredContent> stored = new AtomicReference<>();
        Gate.Pass pass = attempt.gate().passRead();
        Outcome outcome = client.download(upstream(type), cursors.url(task), bytes -> {
            attempt.gate().health().works();
            stored.set(payloads.receive(task.job(), task.id(), bytes::transferTo));
        });
        attempt.gate().saw(pass, outcome);
        StoredContent kept = stored.get();
        attempt.saw(content.row(false), measured(outcome.exchange(), kept));
        if (outcome instanceof Outcome.Received && kept != null) {
            return result(attempt, Change.to(TaskState.EXPORTED), new Document.Content(task.id(), kept));
        }
        if (outcome instanceof Outcome.Forbidden forbidden) {
            // The signature in the link has expired: ask the upstream for a new one.
            Change again = verdicts.again(attempt, Reason.UPSTREAM_UNAVAILABLE, forbidden.words() + ": link expired");
            return result(attempt, backToStart(again, attempt, type), null);
        }
        return result(attempt, verdicts.on(outcome, attempt), null);
    }

    private Change backToStart(Change again, Attempt attempt, ResourceType type) {
        return again.state().terminal()
                ? again
                : again.going(LOCATE, null)
                        .movedTo(births.lane(type, attempt.task().place().variables()), type.upstream());
    }

    private static Exchange measured(Exchange exchange, @Nullable StoredContent kept) {
        return kept == null ? exchange : exchange.measuring(kept.sha256(), kept.bytes());
    }

    private Upstream upstream(ResourceType type) {
        return catalogue.upstreamOf(type);
    }

    private static Result result(Attempt attempt, Change change, @Nullable Document document) {
        return result(attempt, change, document, true);
    }

    /** The first of two steps is not yet a try. */
    private static Result halfway(Attempt attempt, Change change) {
        return result(attempt, change, null, false);
    }

    private static Result result(Attempt attempt, Change change, @Nullable Document document, boolean counts) {
        return new Result(
                attempt.task(),
                change.of(attempt, counts),
                List.of(),
                List.of(),
                Map.of(),
                document == null ? List.of() : List.of(document),
                true,
                attempt.millis());
    }
}
