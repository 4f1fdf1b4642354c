package io.taggateway.tagging.tag;

/** In which order to list tags. */
public record TagOrder(TagOrderField field, SortDirection direction) {

    /** By name, from A to Z. */
    public static final TagOrder BY_NAME = new TagOrder(TagOrderField.NAME, SortDirection.ASC);
}
