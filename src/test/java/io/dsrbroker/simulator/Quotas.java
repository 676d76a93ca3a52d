package io.dsrbroker.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many calls each upstream lets through; nothing is limited at first. Every request counts, whatever becomes of it. */
public final class Quotas {

    private static final Pattern SUBSCRIPTION = Pattern.compile("(?i)/subscriptions/([^/?]+).*");

    private final LongSupplier nanos;
    private final ConcurrentMap<Key, Limit> limits = new ConcurrentHashMap<>();
    private final ConcurrentMap<Bucket, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final ConcurrentMap<Key, Usage> usage = new ConcurrentHashMap<>();

    Quotas() {
        this(System::nanoTime);
    }

    Quotas(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What is counted apart. */
    public enum Kind {
        /** Everything but deletes. */
        READ,
        /** DELETE. */
        DELETE
    }

    private record Key(String upstream, Kind kind) {
        @Override
        public String toString() {
            return upstream + "/" + Ids.lower(kind.name());
        }
    }

    private record Bucket(Key key, String subscription) {}

    /**
     * A token bucket, full at first; the resource manager has one for each subscription.
     *
     * @param perSecond how fast it refills
     * @param bucket how many calls it lets through at once
     */
    public record Limit(double perSecond, int bucket) {
        public Limit {
            if (!(perSecond > 0) || bucket < 1) {
                throw new IllegalArgumentException("a quota needs a positive rate and a bucket of at least 1");
            }
        }
    }

    /** Calls that came while there was a limit; first and last are of those that were let through. */
    public record Usage(
            long allowed,
            long refused,
            @Nullable Instant first,
            @Nullable Instant last) {

        private Usage and(boolean refusal, Instant now) {
            return refusal
                    ? new Usage(allowed, refused + 1, first, last)
                    : new Usage(allowed + 1, refused, first == null ? now : first, now);
        }
    }

    /** Limits calls of this kind, beginning with a full bucket. */
    public Quotas limit(String upstream, Kind kind, double perSecond, int bucket) {
        var key = new Key(Upstream.named(upstream).wireName(), kind);
        limits.put(key, new Limit(perSecond, bucket));
        buckets.keySet().removeIf(each -> each.key().equals(key));
        return this;
    }

    /** Limits calls of this kind no more. */
    public Quotas lift(String upstream, Kind kind) {
        var key = new Key(Upstream.named(upstream).wireName(), kind);
        limits.remove(key);
        buckets.keySet().removeIf(each -> each.key().equals(key));
        return this;
    }

    /** The limit for calls of this kind, if there is one. */
    public @Nullable Limit limit(String upstream, Kind kind) {
        return limits.get(new Key(upstream, kind));
    }

    /** What became of the calls of this kind. */
    public Usage usage(String upstream, Kind kind) {
        return usage.getOrDefault(new Key(upstream, kind), new Usage(0, 0, null, null));
    }

    /** What became of all calls, by {@code upstream/kind}. */
    public Map<String, Usage> usage() {
        var all = new TreeMap<String, Usage>();
        usage.forEach((key, its) -> all.put(key.toString(), its));
        return all;
    }

    /** Limits by {@code upstream/kind}. */
    Map<String, Limit> limits() {
        var all = new TreeMap<String, Limit>();
        limits.forEach((key, its) -> all.put(key.toString(), its));
        return all;
    }

    /** Counts anew; the buckets stay as they are. */
    void forget() {
        usage.clear();
    }

    /** Null when calls of this kind are not limited. */
    TokenBucket.@Nullable Grant take(Upstream upstream, String method, String rawPath, Instant now) {
        var key = new Key(upstream.wireName(), method.equals("DELETE") ? Kind.DELETE : Kind.READ);
        var limit = limits.get(key);
        if (limit == null) {
            return null;
        }
        var bucket = buckets.computeIfAbsent(
                new Bucket(key, subscription(upstream, rawPath)),
                fresh -> new TokenBucket(limit.perSecond(), limit.bucket(), nanos.getAsLong()));
        var grant = bucket.take(nanos.getAsLong());
        usage.merge(
                key,
                new Usage(0, 0, null, null).and(grant.refused(), now),
                (sum, one) -> sum.and(grant.refused(), now));
        return grant;
    }

    private static String subscription(Upstream upstream, String rawPath) {
        var matcher = SUBSCRIPTION.matcher(rawPath);
        return upstream == Upstream.ARM && matcher.matches() ? Ids.lower(matcher.group(1)) : "";
    }
}
