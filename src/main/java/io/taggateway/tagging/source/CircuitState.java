package io.taggateway.tagging.source;

/** Whether requests reach a vendor at the moment. */
public enum CircuitState {
    CLOSED,
    OPEN,
    HALF_OPEN
}
