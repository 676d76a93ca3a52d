package io.dsrbroker.job;

/** Why a task is in its state, where the state alone does not say it. */
public enum Reason {
    /** The request has no identifier by which this could be asked for. */
    NO_IDENTIFIER,
    /** The Gallery was asked without an access token. */
    TOKEN_MISSING,
    /** Fewer items came than the profile counts: the access token has probably expired. */
    TOKEN_SUSPECT,
    /** The number of items to expect could not be read. */
    COUNT_UNKNOWN,
    /** Nothing says whose it is. */
    OWNER_UNKNOWN,
    /** Only deleting a container that other people share would remove it. */
    NO_OWN_DELETE,
    /** Something inside was excluded, could not be deleted, or could not be looked through. */
    CHILD_KEPT,
    /** It was to be exported first, and that failed. */
    EXPORT_INCOMPLETE,
    /** It was deleted, by a call or by hand, and is still shown. */
    STILL_THERE,
    /** No call of the sources deletes it. */
    NOT_OFFERED,
    /** Something else still uses or fills it. */
    IN_USE,
    /** A person must delete it by hand and confirm that. */
    BY_HAND,
    /** A person, or the request, left it out. */
    EXCLUDED,
    /** The upstream did not accept the broker's credentials. */
    CREDENTIALS_REJECTED,
    /** The broker's identity may not do this. */
    FORBIDDEN,
    /** A lock protects it. */
    LOCKED,
    /** The answer could not be read or is too large. */
    POISON,
    /** The upstream pointed to a place where it must not. */
    HOSTILE_URL,
    /** The upstream no longer exists. */
    PROVIDER_GONE,
    /** It was tried until the time was up. */
    RETRIES_SPENT,
    /** The upstream refused the call for good. */
    REJECTED,
    /** A "not found" that does not prove absence. */
    ABSENCE_UNPROVEN,
    /** Nothing said in which region it lies. */
    LOCATION_UNKNOWN,
    /** The list led back to a page already read. */
    PAGING_LOOP,
    /** The upstream began to delete it, and gave up. */
    OPERATION_FAILED,
    /** Replicas of the broker died while they worked on it. */
    QUARANTINED,
    /** The upstream asked for less. */
    THROTTLED,
    /** The upstream failed for the moment. */
    UPSTREAM_UNAVAILABLE
}
