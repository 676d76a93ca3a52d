package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;

/** The job never makes a package. */
final class NoPackage extends BrokerProblem {

    private static final long serialVersionUID = 1L;

    NoPackage() {
        super(404, "no-package", "No package", "This request never has a package.");
    }
}
