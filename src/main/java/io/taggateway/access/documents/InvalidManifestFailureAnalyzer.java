package io.taggateway.access.documents;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with a manifest without a stack trace. */
final class InvalidManifestFailureAnalyzer extends AbstractFailureAnalyzer<InvalidManifestException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidManifestException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
