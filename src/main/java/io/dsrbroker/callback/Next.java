package io.dsrbroker.callback;

import java.time.Instant;

/** When a host is to be driven again. */
sealed interface Next {

    /** As many hosts as may be are being driven; what is due at this one waits, and must not wake it. */
    record Crowded(Instant at) implements Next {}

    /** Something is pending there. */
    record At(Instant at) implements Next {}

    /** Nothing is pending there. */
    record Never() implements Next {}
}
