package io.taggateway.tagging.model;

/** The type of a call. */
public enum CallType {
    INBOUND,
    OUTGOING,
    MISSED,
    VOICEMAIL,
    /** Anything the vendor adds later. */
    UNKNOWN
}
