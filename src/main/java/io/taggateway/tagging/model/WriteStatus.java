package io.taggateway.tagging.model;

/** What became of a write. */
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
