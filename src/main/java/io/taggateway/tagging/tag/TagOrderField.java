package io.taggateway.tagging.tag;

/** What tags are ordered by first. */
public enum TagOrderField {
    NAME,
    VENDOR
}
