package io.taggateway.access.documents;

import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.OperationDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.documents.DocumentsProperties.ManifestMode;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts executed documents by whether they are in the manifest. Each document that is not in the manifest is logged
 * once, up to a thousand documents. Without a manifest, this has no effect.
 */
final class UnlistedDocumentLog {

    private static final Logger LOG = LoggerFactory.getLogger(UnlistedDocumentLog.class);
    private static final int MAX_LOGGED = 1_000;
    private static final int LONGEST_NAME = 100;

    private final Set<DocumentHash> logged = ConcurrentHashMap.newKeySet();
    private final boolean enabled;
    private final MeterRegistry meters;

    UnlistedDocumentLog(ManifestMode mode, MeterRegistry meters) {
        this.enabled = mode != ManifestMode.OFF;
        this.meters = meters;
    }

    void count(boolean listed) {
        if (enabled) {
            meters.counter("taggateway.documents", "listed", String.valueOf(listed))
                    .increment();
        }
    }

    /** Logs a valid document by its hash and the names of its operations, which have no special characters. */
    void log(DocumentHash hash, PreparsedDocumentEntry entry) {
        if (enabled && !entry.hasErrors() && logged.size() < MAX_LOGGED && logged.add(hash)) {
            LOG.warn("Document not in the manifest: sha256={} operation={}", hash.hex(), names(entry));
        }
    }

    private static String names(PreparsedDocumentEntry entry) {
        String names = entry.getDocument().getDefinitionsOfType(OperationDefinition.class).stream()
                .map(operation -> Objects.requireNonNullElse(operation.getName(), "-"))
                .collect(Collectors.joining(","));
        return names.substring(0, Math.min(names.length(), LONGEST_NAME));
    }
}
