package io.taggateway.tagging.model;

/** The outcome of a write. */
public enum WriteStatus {
    CREATED,
    REUSED,
    UPDATED,
    UNCHANGED,
    DELETED,
    FAILED,
    /** Dry run: it would be done. */
    PLANNED
}
