package io.taggateway.tagging.tag;

/** What to do about a tag that is there already. */
public enum IfExists {
    FAIL,
    /** Answer the tag that is there, unchanged. */
    REUSE,
    /** Answer it with the color and description asked for. */
    UPDATE
}
