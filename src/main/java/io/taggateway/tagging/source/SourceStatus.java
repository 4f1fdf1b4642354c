package io.taggateway.tagging.source;

/** How one vendor's part of an answer came about. */
public enum SourceStatus {
    OK,
    /** Older than its time to live, as the vendor could not be asked. */
    STALE,
    FAILED,
    /** Not configured, or not asked because of a filter. */
    SKIPPED
}
