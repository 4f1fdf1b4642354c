package io.taggateway.access.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why a gateway does not start, without a stack trace. */
final class ClosedGatewayFailureAnalyzer extends AbstractFailureAnalyzer<ClosedGatewayException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ClosedGatewayException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
