package io.taggateway.tagging;

/** What tags are ordered by first. */
public enum TagOrderField {
    NAME,
    VENDOR
}
