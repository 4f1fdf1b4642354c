package io.taggateway.tagging.model;

/** In what something was done otherwise than asked. */
public enum WarningCode {
    COLOR_ROUNDED,
    DESCRIPTION_DROPPED,
    NAME_TRIMMED
}
