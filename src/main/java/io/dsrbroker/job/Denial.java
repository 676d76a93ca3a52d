package io.dsrbroker.job;

/** Why a request is not carried out, in the words of the Data Rights Protocol. */
public enum Denial {
    /** Somebody else probably asks. */
    SUSPECTED_FRAUD,
    /** It is not clear enough who asks. */
    INSUFFICIENT_VERIFICATION,
    /** Nothing is known of this person. */
    NO_MATCH,
    /** The law does not give this right here. */
    CLAIM_NOT_COVERED,
    /** The law does not apply to this person. */
    OUTSIDE_JURISDICTION,
    /** The person asks too often. */
    TOO_MANY_REQUESTS,
    /** As the comment says. */
    OTHER;

    /** As it stands in requests. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
