package io.taggateway.tagging.model;

/** The effect of a write on a tag, call or contact; in a dry run, the effect that it would have. */
public enum WriteAction {
    CREATE,
    UPDATE,
    /** An existing tag is returned instead of creating one. */
    REUSE,
    DELETE,
    NONE
}
