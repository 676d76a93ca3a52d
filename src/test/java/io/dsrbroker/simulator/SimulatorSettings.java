package io.dsrbroker.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How the simulator behaves; everything may be changed while it runs. */
public final class SimulatorSettings {

    /**
     * How a DELETE that normally answers at once goes on instead.
     *
     * @param takes until the deletion has its effect
     * @param fails whether it then fails, without any effect
     * @param statusHeader whether the resource manager sends Azure-AsyncOperation besides Location
     * @param retryAfterSeconds what the resource manager sends as Retry-After
     */
    public record Async(Duration takes, boolean fails, boolean statusHeader, int retryAfterSeconds) {}

    /** The time for tokens, signatures and lags. */
    public volatile Clock clock = Clock.systemUTC();

    /** Bearer tokens that are good, unless revoked. */
    public volatile Predicate<String> acceptedTokens = token -> !token.isBlank();

    /** Bearer and DataLab tokens that have expired. */
    public final Set<String> revokedTokens = ConcurrentHashMap.newKeySet();

    /** Accept no bearer but those of the simulator's own token endpoint. */
    public volatile boolean onlyIssuedTokens;

    /** Takes the place of the three settings above when set. */
    public volatile @Nullable TokenCheck tokenCheck;

    /** Lifetime of issued tokens. */
    public volatile Duration tokenLifetime = Duration.ofSeconds(3599);

    /** Client ids that may have tokens; any secret that is not blank is right. */
    public volatile Predicate<String> acceptedClients = client -> !client.isBlank();

    /** DataLabAccessToken values that show unlisted entities, unless revoked. */
    public volatile Predicate<String> acceptedDataLabTokens = token -> !token.isBlank() && !token.startsWith("expired");

    /** Gallery entities come as a bare array instead of {@code {"value": […]}}. */
    public volatile boolean galleryBareArray;

    /** Page sizes other than the default of the family. */
    public final ConcurrentMap<ListFamily, Integer> pageSizes = new ConcurrentHashMap<>();

    /** Dialects other than the rotating default. */
    public final ConcurrentMap<ListFamily, PagingDialect> dialects = new ConcurrentHashMap<>();

    /** The origin in next links, when it is not the server's own. */
    public volatile @Nullable String nextLinkOrigin;

    /** The origin in the Location and Azure-AsyncOperation of slow deletions, when it is not the server's own. */
    public volatile @Nullable String operationOrigin;

    /** How long history, artifacts and notifications outlive their deleted project. */
    public volatile Duration cascadeLag = Duration.ZERO;

    /** How long a parent still claims to have children after the last one was deleted. */
    public volatile Duration parentLag = Duration.ZERO;

    /** Lifetime of the signatures in contentUri and artifacturi. */
    public volatile Duration sasLifetime = Duration.ofHours(8);

    /** The origin in contentUri and artifacturi, when it is not the simulator's own. */
    public volatile @Nullable String contentOrigin;

    /** Row 36 answers an object with contentUri instead of a bare string. */
    public volatile boolean artifactUriAsObject;

    /** Row 41 answers a list of versions instead of one object. */
    public volatile boolean assetVersionsAsList;

    /** Row 42 answers 404 for a user without jobs instead of an empty list. */
    public volatile boolean jobsOfStrangersNotFound;

    /** A model, manifest or image that a service uses can not be deleted (409). */
    public volatile boolean deleteRefusedWhileUsed;

    /** Rows whose DELETE answers 202 first. */
    public final ConcurrentMap<Integer, Async> asyncDeletes = new ConcurrentHashMap<>();

    /** Resource manager paths, in any case, under which every DELETE answers 409 ScopeLocked. */
    public final Set<String> lockedScopes = ConcurrentHashMap.newKeySet();

    /** Upstreams whose provider is gone: every call with good credentials gets 404 NoRegisteredProviderFound. */
    public final Set<String> retired = ConcurrentHashMap.newKeySet();

    /** What goes wrong. */
    public volatile Faults faults = Faults.none();

    int pageSize(ListFamily family) {
        return pageSizes.getOrDefault(family, family.defaultPageSize());
    }

    PagingDialect dialect(ListFamily family, String path) {
        var chosen = dialects.get(family);
        return chosen != null ? chosen : PagingDialect.rotated(family, path);
    }

    /** Every list of every family in pages of this size. */
    public SimulatorSettings pageSize(int size) {
        for (var family : ListFamily.values()) {
            pageSizes.put(family, size);
        }
        return this;
    }

    /** Every list of every family in this dialect. */
    public SimulatorSettings dialect(PagingDialect dialect) {
        for (var family : ListFamily.values()) {
            dialects.put(family, dialect);
        }
        return this;
    }

    boolean acceptsDataLabToken(@Nullable String token) {
        return token != null && !revokedTokens.contains(token) && acceptedDataLabTokens.test(token);
    }
}
