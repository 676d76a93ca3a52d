package io.dsrbroker.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a call came to. {@code words} are the upstream's own status and error code; only those of {@link Forbidden} and
 * {@link Locked} have its message too, as far as it cannot name anybody or anything.
 */
public sealed interface Outcome {

    /** What was sent and answered. */
    Exchange exchange();

    /** A document. */
    record Answered(Exchange exchange, JsonNode body) implements Outcome {}

    /** A deletion was taken; that it happened is yet to be proven. {@code operation} is null where there is none to ask about. */
    record Accepted(Exchange exchange, @Nullable Operation operation) implements Outcome {}

    /** Content, all of which reached its receiver. */
    record Received(Exchange exchange) implements Outcome {}

    /** It is proven not to be there. */
    record Absent(Exchange exchange) implements Outcome {}

    /** "Not found" in a way that proves nothing. */
    record AbsenceUnproven(Exchange exchange, String words) implements Outcome {}

    /** The upstream asks for less; {@code retryAfter} is null when it does not say for how long. */
    record Throttled(Exchange exchange, @Nullable Duration retryAfter) implements Outcome {}

    /** The broker's credentials were not accepted, even fresh ones. */
    record CredentialsRejected(Exchange exchange, String words) implements Outcome {}

    /** The broker's identity may not do this; for content, its link has expired. */
    record Forbidden(Exchange exchange, String words) implements Outcome {}

    /** A lock protects it. */
    record Locked(Exchange exchange, String words) implements Outcome {}

    /** The upstream is gone for good. */
    record Retired(Exchange exchange, String words) implements Outcome {}

    /** It failed for the moment. */
    record Unavailable(Exchange exchange, String words) implements Outcome {}

    /** Something else still uses or fills it; that may pass. */
    record InUse(Exchange exchange, String words) implements Outcome {}

    /** It refused the call for good. */
    record Rejected(Exchange exchange, String words) implements Outcome {}

    /** The answer cannot be read, or is too large. */
    record Poison(Exchange exchange, String words) implements Outcome {}

    /** It pointed to a place where the broker does not go. */
    record Hostile(Exchange exchange, String words) implements Outcome {}

    /** The address lacks a variable, such as the region. */
    record Unaddressable(Exchange exchange, String variable) implements Outcome {}
}
