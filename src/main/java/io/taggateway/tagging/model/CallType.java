package io.taggateway.tagging.model;

/** How a call came about. */
public enum CallType {
    INBOUND,
    OUTGOING,
    MISSED,
    VOICEMAIL,
    /** Anything the vendor adds later. */
    UNKNOWN
}
