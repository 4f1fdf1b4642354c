package io.taggateway.tagging.feed;

/** What can happen to a tag. */
public enum TagChangeKind {
    CREATED,
    UPDATED,
    DELETED
}
