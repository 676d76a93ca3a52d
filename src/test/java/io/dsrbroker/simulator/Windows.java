package io.dsrbroker.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Times in which an upstream is down or ill. Ports open and close by real time from the moment of the call on, answers go by the simulator's clock. */
public final class Windows implements Faults, AutoCloseable {

    private final SimulatorSettings settings;
    private final Map<String, UpstreamServer> servers;
    private final List<Illness> illnesses = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, List<Closure>> closures = new ConcurrentHashMap<>();
    private final Random random = new Random(42);
    private boolean closed;

    Windows(SimulatorSettings settings, Map<String, UpstreamServer> servers) {
        this.settings = settings;
        this.servers = servers;
    }

    /** How an upstream is down. */
    public enum Outage {
        /** Nothing listens on its port. */
        REFUSED,
        /** Connections are reset as soon as they are made. */
        RESET,
        /** Every request gets 503. */
        UNAVAILABLE
    }

    private record Illness(String upstream, Instant from, Instant until, double share, Fault fault) {}

    private record Closure(Outage how, long from, long until) {}

    /** The upstream is down from now on for this long. */
    public void outage(String upstream, Outage how, Duration length) {
        var now = settings.clock.instant();
        outage(upstream, how, now, now.plus(length));
    }

    /** The upstream is down between two instants. */
    public void outage(String upstream, Outage how, Instant from, Instant until) {
        var name = Upstream.named(upstream).wireName();
        if (how == Outage.UNAVAILABLE) {
            brownOut(name, 1, Fault.error(503, "ServerBusy"), from, until);
            return;
        }
        var now = settings.clock.instant();
        long start = Math.max(0, Duration.between(now, from).toNanos());
        long end = Duration.between(now, until).toNanos();
        long nanos = System.nanoTime();
        closures.computeIfAbsent(name, fresh -> new CopyOnWriteArrayList<>())
                .add(new Closure(how, nanos + start, nanos + end));
        at(start, name);
        at(end, name);
    }

    /** This share of the requests meets the fault, from now on for this long. */
    public void brownOut(String upstream, double share, Fault fault, Duration length) {
        var now = settings.clock.instant();
        brownOut(upstream, share, fault, now, now.plus(length));
    }

    /** This share of the requests meets the fault between two instants. */
    public void brownOut(String upstream, double share, Fault fault, Instant from, Instant until) {
        illnesses.add(new Illness(Upstream.named(upstream).wireName(), from, until, share, fault));
    }

    /** Ends all of them, also those to come. */
    public void end() {
        illnesses.clear();
        closures.values().forEach(List::clear);
        closures.keySet().forEach(this::enforce);
    }

    List<String> described() {
        var now = settings.clock.instant();
        long nanos = System.nanoTime();
        return Stream.concat(
                        illnesses.stream()
                                .filter(each -> now.isBefore(each.until()))
                                .map(each ->
                                        each.upstream() + " brown-out of " + each.share() + " until " + each.until()),
                        closures.entrySet().stream()
                                .flatMap(each -> each.getValue().stream()
                                        .filter(its -> nanos - its.until() < 0)
                                        .map(its -> each.getKey() + " " + ControlBody.wire(its.how()) + " until in "
                                                + Duration.ofNanos(its.until() - nanos))))
                .toList();
    }

    @Override
    public Optional<Fault> on(LoggedRequest request) {
        if (illnesses.isEmpty()) {
            return Optional.empty();
        }
        var now = settings.clock.instant();
        illnesses.removeIf(each -> !now.isBefore(each.until()));
        return illnesses.stream()
                .filter(each -> each.upstream().equals(request.upstream()) && !now.isBefore(each.from()))
                .filter(each -> random.nextDouble() < each.share())
                .map(Illness::fault)
                .findFirst();
    }

    private void at(long nanos, String upstream) {
        if (nanos <= 0) {
            enforce(upstream);
        } else {
            CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(() -> enforce(upstream));
        }
    }

    private synchronized void enforce(String upstream) {
        long now = System.nanoTime();
        var its = closures.getOrDefault(upstream, List.of());
        its.removeIf(each -> now - each.until() >= 0);
        var server = servers.get(upstream);
        if (server == null || closed) {
            return;
        }
        var active = its.stream().filter(each -> now - each.from() >= 0).toList();
        if (active.isEmpty()) {
            server.open();
        } else if (active.getLast().how() == Outage.RESET) {
            server.reset();
        } else {
            server.refuse();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
