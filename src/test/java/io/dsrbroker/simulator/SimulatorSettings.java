package io.dsrbroker.simulator;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How the simulator behaves; everything may be changed while it runs. */
public final class SimulatorSettings {

    /**
     * How a DELETE that normally answers at once goes on instead; it takes effect whether or not anybody asks.
     *
     * @param takes until the deletion has its effect or fails
     * @param end how it ends; only {@link End#SUCCEEDED} has an effect
     * @param links what the resource manager sends; model management always sends Operation-Location
     * @param retryAfterSeconds what the resource manager sends as Retry-After; negative for none
     * @param failingReads how many reads of its status meet a fault first
     * @param failingRead the fault that they meet
     * @param gatewayTimeout after this long the DELETE itself gets 504 and no link; null for 202 at once
     */
    public record Async(
            Duration takes,
            End end,
            Links links,
            int retryAfterSeconds,
            int failingReads,
            Fault failingRead,
            @Nullable Duration gatewayTimeout) {

        /** One that succeeds or fails; {@code statusHeader} tells whether Azure-AsyncOperation comes besides Location. */
        public Async(Duration takes, boolean fails, boolean statusHeader, int retryAfterSeconds) {
            this(
                    takes,
                    fails ? End.FAILED : End.SUCCEEDED,
                    statusHeader ? Links.BOTH : Links.LOCATION,
                    retryAfterSeconds,
                    0,
                    Fault.error(500, "InternalServerError"),
                    null);
        }

        /** How a slow deletion ends. */
        public enum End {
            /** The resource is deleted. */
            SUCCEEDED("Succeeded", "Succeeded", 200, "", ""),
            /** Something went wrong. */
            FAILED("Failed", "Failed", 500, "InternalServerError", "The operation failed."),
            /** Somebody stopped it; the two upstreams spell that differently. */
            CANCELED("Canceled", "Cancelled", 409, "OperationCanceled", "The operation was canceled."),
            /** It took too long; the resource manager calls that a failure. */
            TIMED_OUT("Failed", "TimedOut", 500, "OperationTimedOut", "The operation took too long.");

            private final String armStatus;
            private final String modelsState;
            private final int status;
            private final String code;
            private final String message;

            End(String armStatus, String modelsState, int status, String code, String message) {
                this.armStatus = armStatus;
                this.modelsState = modelsState;
                this.status = status;
                this.code = code;
                this.message = message;
            }

            String armStatus() {
                return armStatus;
            }

            String modelsState() {
                return modelsState;
            }

            int status() {
                return status;
            }

            String code() {
                return code;
            }

            String message() {
                return message;
            }
        }

        /** The headers that lead to a slow deletion of the resource manager. */
        public enum Links {
            /** Location. */
            LOCATION,
            /** Azure-AsyncOperation. */
            STATUS,
            /** Both of them. */
            BOTH
        }

        /** One that succeeds after this long, with both links and without Retry-After. */
        public static Async succeeding(Duration takes) {
            return new Async(takes, false, true, -1);
        }

        /** The same with another end. */
        public Async ending(End other) {
            return new Async(takes, other, links, retryAfterSeconds, failingReads, failingRead, gatewayTimeout);
        }

        /** The same with other links. */
        public Async linking(Links other) {
            return new Async(takes, end, other, retryAfterSeconds, failingReads, failingRead, gatewayTimeout);
        }

        /** The same with this Retry-After. */
        public Async retryAfter(int seconds) {
            return new Async(takes, end, links, seconds, failingReads, failingRead, gatewayTimeout);
        }

        /** The same, but so many reads of the status meet the fault first. */
        public Async failingReads(int number, Fault fault) {
            return new Async(takes, end, links, retryAfterSeconds, number, fault, gatewayTimeout);
        }

        /** The same, but the DELETE gets 504 after this long instead of links. */
        public Async timingOutAtTheGateway(Duration after) {
            return new Async(takes, end, links, retryAfterSeconds, failingReads, failingRead, after);
        }

        /** Whether it ends without an effect. */
        public boolean fails() {
            return end != End.SUCCEEDED;
        }

        /** Whether the resource manager sends Azure-AsyncOperation. */
        public boolean statusHeader() {
            return links != Links.LOCATION;
        }
    }

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

    /** The origin in the Location, Azure-AsyncOperation and Operation-Location of slow deletions, when it is not the server's own. */
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

    /** How many calls each upstream lets through. */
    public final Quotas quotas = new Quotas();

    /** Links that lead where nobody must go. */
    public final Hostile hostile = new Hostile();

    /** What goes wrong. */
    public volatile Faults faults = Faults.none();

    /** Counts the times that all links to content were made bad. */
    final AtomicInteger signatureGeneration = new AtomicInteger();

    /** From now on every link to content that was handed out so far is answered 403; new ones are good. */
    public void expireContentLinks() {
        signatureGeneration.incrementAndGet();
    }

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
