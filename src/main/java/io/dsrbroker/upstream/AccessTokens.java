package io.dsrbroker.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Bearer tokens, fetched once for all who wait, kept until shortly before they expire. */
final class AccessTokens {

    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Map<String, TokenSource> sources;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    AccessTokens(Map<String, TokenSource> sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /** Where tokens come from. */
    interface TokenSource {

        /** Fetches a new token. */
        Token fetch();
    }

    /** A token and the end of its life. */
    record Token(String value, Instant expiresAt) {

        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    private static final class Kept {

        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Token token;
        private Instant freshUntil = Instant.MIN;
    }

    /** The upstreams that need one. */
    Set<String> upstreams() {
        return sources.keySet();
    }

    /** A valid token for this upstream; null where it needs none. */
    @Nullable
    String of(String upstream) {
        TokenSource source = sources.get(upstream);
        if (source == null) {
            return null;
        }
        Kept mine = kept.computeIfAbsent(upstream, name -> new Kept());
        mine.lock.lock();
        try {
            Token token = mine.token;
            if (token == null || !clock.instant().isBefore(mine.freshUntil)) {
                token = source.fetch();
                mine.token = token;
                mine.freshUntil = freshUntil(token);
            }
            return token.value();
        } finally {
            mine.lock.unlock();
        }
    }

    /** Forgets a token that was not accepted, unless it has been replaced already. */
    void reject(String upstream, String value) {
        Kept mine = kept.computeIfAbsent(upstream, name -> new Kept());
        mine.lock.lock();
        try {
            if (mine.token != null && mine.token.value().equals(value)) {
                mine.token = null;
            }
        } finally {
            mine.lock.unlock();
        }
    }

    /** Two minutes before its end, but never before half of its life is over. */
    private Instant freshUntil(Token token) {
        Instant now = clock.instant();
        Duration life = Duration.between(now, token.expiresAt());
        Duration half = life.dividedBy(2);
        return token.expiresAt().minus(half.compareTo(MARGIN) < 0 ? half : MARGIN);
    }
}
