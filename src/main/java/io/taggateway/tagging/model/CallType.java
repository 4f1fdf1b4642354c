package io.taggateway.tagging.model;

/** The type of a call. */
public enum CallType {
    INBOUND,
    OUTGOING,
    MISSED,
    VOICEMAIL,
    /** Any other type of a vendor. */
    UNKNOWN
}
