package io.taggateway.tagging;

/** From which end an order begins. */
public enum SortDirection {
    ASC,
    DESC
}
