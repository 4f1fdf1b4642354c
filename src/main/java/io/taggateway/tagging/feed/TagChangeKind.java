package io.taggateway.tagging.feed;

/** The kind of a tag's change. */
public enum TagChangeKind {
    CREATED,
    UPDATED,
    DELETED
}
