package io.dsrbroker.simulator;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets a share of the requests go wrong in many ways, each with a probability of its own; a request meets one of them at
 * most. Whether the n-th request for a URL does depends on the seed, the URL and n alone, not on what runs beside it.
 */
public final class FaultRates implements Faults {

    private static final Set<String> NOT_THE_TOKEN_ENDPOINT = Stream.of(Upstream.values())
            .filter(upstream -> upstream != Upstream.LOGIN)
            .map(Upstream::wireName)
            .collect(Collectors.toUnmodifiableSet());

    private final long seed;
    private final Map<FaultKind, Double> rates = new EnumMap<>(FaultKind.class);
    private final ConcurrentMap<Long, Integer> seen = new ConcurrentHashMap<>();
    private final Map<FaultKind, LongAdder> counts = new EnumMap<>(FaultKind.class);
    private Set<String> upstreams = NOT_THE_TOKEN_ENDPOINT;
    private Predicate<LoggedRequest> only = request -> true;
    private int retryAfterSeconds = 1;
    private Duration timeout = Duration.ofSeconds(30);
    private Duration slow = Duration.ofSeconds(2);

    private FaultRates(long seed) {
        this.seed = seed;
        for (var kind : FaultKind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    /** Nothing goes wrong until there are rates; all upstreams but the token endpoint are concerned. */
    public static FaultRates seeded(long seed) {
        return new FaultRates(seed);
    }

    /** This share of all requests goes wrong, every kind of fault equally often. */
    public static FaultRates mixed(long seed, double totalRate) {
        var faults = seeded(seed);
        for (var kind : FaultKind.values()) {
            faults.rates.put(kind, totalRate / FaultKind.values().length);
        }
        return faults.checked();
    }

    /** The probability of this fault. */
    public FaultRates rate(FaultKind kind, double probability) {
        rates.put(kind, probability);
        return checked();
    }

    /** Concerns these upstreams and no others; {@code login} is the token endpoint, {@code content} the blobs. */
    public FaultRates upstreams(String... names) {
        upstreams =
                Stream.of(names).map(name -> Upstream.named(name).wireName()).collect(Collectors.toUnmodifiableSet());
        return this;
    }

    /** Concerns only these methods. */
    public FaultRates methods(String... methods) {
        var wanted = Set.of(methods);
        only = only.and(request -> wanted.contains(request.method()));
        return this;
    }

    /** Concerns only these rows of endpoints.csv. */
    public FaultRates rows(Integer... rows) {
        var wanted = Set.of(rows);
        only = only.and(request -> wanted.stream().anyMatch(request::isRow));
        return this;
    }

    /** What Retry-After says; 1 second at first. */
    public FaultRates retryAfter(int seconds) {
        retryAfterSeconds = seconds;
        return this;
    }

    /** How long a request without an answer is held; 30 seconds at first. */
    public FaultRates timeout(Duration length) {
        timeout = length;
        return this;
    }

    /** How long a slow body takes; 2 seconds at first. */
    public FaultRates slowBody(Duration length) {
        slow = length;
        return this;
    }

    /** How often each fault came. */
    public Map<FaultKind, Long> counts() {
        var sums = new EnumMap<FaultKind, Long>(FaultKind.class);
        counts.forEach((kind, count) -> sums.put(kind, count.sum()));
        return sums;
    }

    @Override
    public String toString() {
        return "seed " + seed + ", rates " + rates + ", upstreams " + new TreeSet<>(upstreams);
    }

    private FaultRates checked() {
        double sum = rates.values().stream().mapToDouble(Double::doubleValue).sum();
        if (rates.values().stream().anyMatch(rate -> !(rate >= 0)) || sum > 1 + 1e-9) {
            throw new IllegalArgumentException("rates must be positive and their sum at most 1, but are " + rates);
        }
        return this;
    }

    @Override
    public Optional<Fault> on(LoggedRequest request) {
        if (!upstreams.contains(request.upstream()) || !only.test(request)) {
            return Optional.empty();
        }
        double draw = draw(request);
        for (var rate : rates.entrySet()) {
            draw -= rate.getValue();
            if (draw < 0) {
                return rate.getKey().concerns(request)
                        ? Optional.of(counted(rate.getKey(), request))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Fault counted(FaultKind kind, LoggedRequest request) {
        counts.getOrDefault(kind, new LongAdder()).increment();
        var later = request.at().plusSeconds(retryAfterSeconds).atZone(ZoneOffset.UTC);
        return switch (kind) {
            case THROTTLED_SECONDS -> Fault.throttled(retryAfterSeconds);
            case THROTTLED_DATE ->
                Fault.throttled(-1).with("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(later));
            case THROTTLED_SILENTLY -> Fault.throttled(-1);
            case THROTTLED_IN_WORDS -> Fault.throttledInWords(retryAfterSeconds);
            case INTERNAL_ERROR -> Fault.error(500, "InternalServerError");
            case UNAVAILABLE -> Fault.error(503, "ServerBusy");
            case UNAVAILABLE_RETRY_AFTER ->
                Fault.error(503, "ServerBusy").with("Retry-After", String.valueOf(retryAfterSeconds));
            case GATEWAY_TIMEOUT -> gatewayTimeout(request);
            case TIMEOUT -> Fault.hangUp().after(timeout);
            case HANG_UP -> Fault.hangUp();
            case HANG_UP_AFTER_EFFECT -> Fault.hangUp().takingEffect();
            case SLOW_BODY -> Fault.dribbled(slow);
            case TRUNCATED -> Fault.truncated(20);
            case HALVED_JSON -> Fault.distorted(Fault.Distortion.HALVED);
            case CAPITAL_KEYS -> Fault.distorted(Fault.Distortion.CAPITALS);
            case EXPIRED_TOKEN -> Fault.expiredToken();
        };
    }

    private static Fault gatewayTimeout(LoggedRequest request) {
        var fault = Fault.error(504, "GatewayTimeout");
        return request.method().equals("DELETE") ? fault.takingEffect() : fault;
    }

    /** Signatures differ from run to run and are left out. */
    private double draw(LoggedRequest request) {
        var target = request.target();
        int query = request.upstream().equals(Upstream.CONTENT.wireName()) ? target.indexOf('?') : -1;
        var call = request.upstream() + request.method() + (query < 0 ? target : target.substring(0, query));
        long hash = seed;
        for (int i = 0; i < call.length(); i++) {
            hash = hash * 0x5851F42D4C957F2DL + call.charAt(i);
        }
        int times = seen.merge(hash, 1, Integer::sum);
        return (mixed(hash + times * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    }

    private static long mixed(long value) {
        long once = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
