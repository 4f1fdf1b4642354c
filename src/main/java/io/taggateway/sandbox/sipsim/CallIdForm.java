package io.taggateway.sandbox.sipsim;

/** How call ids look; SIPSIM's documentation shows several forms. */
public enum CallIdForm {
    /** Mostly integers, and every tenth the public id of API version 1. */
    MIXED,
    /** {@code 100400}. */
    INTEGER,
    /** {@code "call_100400"}. */
    PREFIXED,
    /** {@code "+33199001000-1733900000.100400"}, as the public id of API version 1. */
    PUBLIC
}
