package io.taggateway.access.documents;

import java.util.Locale;

/** What becomes of documents that are not in the manifest. */
enum Mode {
    /** They run, and nobody is told. */
    OFF,
    /** They run, and are told of in the log and in a metric. */
    LOG,
    /** They are refused. */
    ENFORCE;

    /** As it is written in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
