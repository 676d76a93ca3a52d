package io.dsrbroker.job;

import io.dsrbroker.shared.BrokerProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The deadline cannot be moved, or not so far. */
public final class ExtensionNotAllowed extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    /** With the deadline as it stays. */
    public ExtensionNotAllowed(String detail, Instant dueAt) {
        super(
                422,
                "extension-not-allowed",
                "Extension not allowed",
                detail,
                Map.of("dueAt", dueAt.toString()),
                List.of());
    }
}
