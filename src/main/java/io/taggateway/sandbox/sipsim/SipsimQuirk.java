package io.taggateway.sandbox.sipsim;

/** A way in which SIPSIM may turn out to behave, off unless asked for. */
public enum SipsimQuirk {
    /** Colors read {@code FF0000} instead of {@code #FF0000}. */
    COLOR_WITHOUT_HASH,
    /** A description that is null is left out. */
    NULL_DESCRIPTION_LEFT_OUT,
    /** The last page has a {@code page} token too. */
    PAGE_TOKEN_AT_THE_END,
    /** Pages that are not the last have no {@code page} token. */
    PAGE_TOKEN_MISSING,
    /** From the second page on there is always more, under the token that was sent. */
    PAGE_TOKEN_REPEATED,
    /** {@code DELETE /tags/{id}} of a tag that is not there answers 204 instead of 404. */
    UNKNOWN_TAG_DELETED,
    /** A name in other letter case counts as taken. */
    NAMES_IGNORE_CASE,
    /** {@code GET /calls/{id}/tags} shows descriptions. */
    CALL_TAGS_DESCRIBED
}
