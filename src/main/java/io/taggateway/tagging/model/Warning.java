package io.taggateway.tagging.model;

/** Done, but not exactly as asked. */
public record Warning(WarningCode code, String message) {

    /** The differences between a request and what was done. */
    public enum WarningCode {
        COLOR_ROUNDED,
        DESCRIPTION_DROPPED,
        NAME_CHANGED,
        NAME_TRIMMED,
        EQUAL_TAG_LEFT_OUT
    }
}
