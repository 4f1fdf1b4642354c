package io.taggateway.tagging.model;

/** What a write does to a tag, or to a call or contact, or would do in a dry run. */
public enum WriteAction {
    CREATE,
    UPDATE,
    /** A tag that exists already is returned for one that was to be created. */
    REUSE,
    DELETE,
    NONE
}
