package io.taggateway.tagging.tag;

/** From which end an order begins. */
public enum SortDirection {
    ASC,
    DESC
}
