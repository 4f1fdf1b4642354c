package io.taggateway.tagging.model;

/** The codes of errors that a caller can correct. */
public enum UserErrorCode {
    NAME_TAKEN,
    NAME_INVALID,
    COLOR_INVALID,
    DESCRIPTION_UNSUPPORTED,
    NOT_FOUND,
    AMBIGUOUS,
    WRONG_VENDOR,
    UNSUPPORTED,
    TOO_MANY,
    NOTHING_TO_DO,
    REJECTED_BY_VENDOR,
    CONFLICT
}
