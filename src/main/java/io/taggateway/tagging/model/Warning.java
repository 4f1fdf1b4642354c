package io.taggateway.tagging.model;

/** Done, but not exactly as asked. */
public record Warning(WarningCode code, String message) {

    /** In what something was done otherwise than asked. */
    public enum WarningCode {
        COLOR_ROUNDED,
        DESCRIPTION_DROPPED,
        NAME_TRIMMED,
        EQUAL_TAG_LEFT_OUT
    }
}
