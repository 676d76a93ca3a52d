package io.dsrbroker.export;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in words, not in a stack trace, why the broker did not start. */
final class ForeignStoreAnalysis extends AbstractFailureAnalyzer<ForeignStore> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, ForeignStore cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
