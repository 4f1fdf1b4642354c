package io.taggateway.tagging.model;

/** A write was made, but not exactly as requested. */
public record Warning(WarningCode code, TagMessage message) {

    public Warning(WarningCode code, String message) {
        this(code, TagMessage.of(message));
    }

    /** The differences between a request and what was done. */
    public enum WarningCode {
        COLOR_ROUNDED,
        DESCRIPTION_DROPPED,
        NAME_CHANGED,
        NAME_TRIMMED,
        EQUAL_TAG_LEFT_OUT
    }
}
