package io.dsrbroker.job;

/** What a data subject asked for. */
public enum RequestType {
    /** A copy of their data (GDPR Art. 15 and 20). */
    EXPORT,
    /** The deletion of their data (GDPR Art. 17). */
    DELETE
}
