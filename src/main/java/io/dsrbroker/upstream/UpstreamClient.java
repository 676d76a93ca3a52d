package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Upstream;
import io.dsrbroker.catalogue.UriTemplate.MissingVariable;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Makes one call and says what came of it; blocks, so call it on a virtual thread. */
@Service
public class UpstreamClient {

    private final Downloads downloads;
    private final Addresses addresses;
    private final Sending sending;
    private final UpstreamMetrics metrics;
    private final Classifier classifier;
    private final StartedOperation started;
    private final OperationReading operations;

    UpstreamClient(Downloads downloads, Addresses addresses, Sending sending, UpstreamMetrics metrics, Clock clock) {
        RetryAfter retryAfter = new RetryAfter(clock);
        this.downloads = downloads;
        this.addresses = addresses;
        this.sending = sending;
        this.metrics = metrics;
        this.classifier = new Classifier(retryAfter);
        this.started = new StartedOperation(retryAfter);
        this.operations = new OperationReading(classifier, started);
    }

    /** Fetches the tokens that calls will need, and tells early where the credentials are refused. */
    public void prepare() {
        sending.prepare();
    }

    /** Sends a call and reads its answer as a JSON document. */
    public Outcome call(UpstreamRequest request) {
        return addressed(
                request,
                outcome -> outcome,
                uri -> metrics.call(request, () -> switch (sending.call(request, uri)) {
                    case Reply.Failed failed -> failed.outcome();
                    case Reply.Arrived arrived -> answered(request, arrived, uri);
                }));
    }

    /** Asks how an operation stands that {@code request}, a deletion, has started. */
    public OperationStatus ask(UpstreamRequest request, Operation operation) {
        return addressed(request, OperationStatus.Unreadable::new, from -> {
            URI place = OperationPlace.of(from, operation.url());
            return metrics.ask(request, () -> switch (sending.read(request, place)) {
                case Reply.Failed failed -> new OperationStatus.Unreadable(failed.outcome());
                case Reply.Arrived arrived -> operations.read(request.upstream(), operation, arrived, from);
            });
        });
    }

    /** Whether content at this URL may be downloaded for this upstream, and the host that serves it. */
    public Optional<String> contentHost(Upstream upstream, String url) {
        try {
            return Optional.ofNullable(addresses.ofContent(upstream, url).getHost());
        } catch (HostileUrl e) {
            return Optional.empty();
        }
    }

    /** Downloads content without any credential but those in its URL. */
    public Outcome download(Upstream upstream, String url, ContentReceiver receiver) {
        Exchanges exchanges = sending.exchanges();
        try {
            URI place = addresses.ofContent(upstream, url);
            return metrics.download(() -> downloads.receive(place, receiver, exchanges));
        } catch (HostileUrl e) {
            return new Outcome.Hostile(exchanges.nothing("GET"), e.detail());
        }
    }

    private <T> T addressed(UpstreamRequest request, Function<Outcome, T> none, Function<URI, T> at) {
        Call call = request.call();
        try {
            return at.apply(addresses.of(request.upstream(), call, request.variables(), request.continuation()));
        } catch (MissingVariable e) {
            return none.apply(new Outcome.Unaddressable(sending.exchanges().nothing(call.method()), e.variable()));
        } catch (HostileUrl e) {
            return none.apply(new Outcome.Hostile(sending.exchanges().nothing(call.method()), e.detail()));
        }
    }

    private Outcome answered(UpstreamRequest request, Reply.Arrived answer, URI uri) {
        if (!answer.success()) {
            return classifier.classify(request.upstream(), answer);
        }
        if (request.call().method().equals("DELETE")) {
            return accepted(answer, uri);
        }
        return answer.body() == null
                ? new Outcome.Poison(answer.exchange(), "HTTP " + answer.status() + ": the answer is not JSON")
                : new Outcome.Answered(answer.exchange(), answer.body());
    }

    private Outcome accepted(Reply.Arrived answer, URI uri) {
        if (answer.status() != 202) {
            return new Outcome.Accepted(answer.exchange(), null);
        }
        try {
            return new Outcome.Accepted(
                    answer.exchange(), started.in(answer.headers(), uri).orElse(null));
        } catch (HostileUrl e) {
            return new Outcome.Hostile(answer.exchange(), "HTTP 202: the deletion was taken, but " + e.detail());
        }
    }
}
