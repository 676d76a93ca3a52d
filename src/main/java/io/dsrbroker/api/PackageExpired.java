package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** The package's time is over. */
final class PackageExpired extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    PackageExpired() {
        super(
                410,
                "package-expired",
                "Package expired",
                "The package is no longer kept. Send a new request to get another.");
    }
}
