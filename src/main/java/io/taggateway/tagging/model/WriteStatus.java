package io.taggateway.tagging.model;

/** The outcome of a write. */
public enum WriteStatus {
    CREATED,
    REUSED,
    UPDATED,
    UNCHANGED,
    DELETED,
    FAILED,
    /** The write would be made, in a dry run. */
    PLANNED
}
