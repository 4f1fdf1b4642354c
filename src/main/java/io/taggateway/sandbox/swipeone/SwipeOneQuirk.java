package io.taggateway.sandbox.swipeone;

/** A way in which Swipe One may turn out to behave, off unless asked for. */
public enum SwipeOneQuirk {
    /** Only the 26 documented color names are taken; hex is 400. */
    STRICT_COLORS,
    /** A tag name that no tag has is 400 in a contact's new tags, instead of being ignored. */
    UNKNOWN_NAMES_REJECTED,
    /** An object with a label that a tag has makes a second tag, instead of meaning the first. */
    LABELS_DUPLICATED,
    /** A slug that is taken gets a number at its end, instead of being there twice. */
    SLUGS_NUMBERED,
    /** {@code POST /contacts/{id}/tags} answers with the contact instead of a message. */
    CONTACT_ANSWERED,
    /** Failures say {@code error} instead of {@code fail}. */
    ERROR_ENVELOPE,
    /** 401 comes with an HTML page. */
    UNAUTHORIZED_IN_HTML,
    /** {@code GET /tags/{id}/contacts} shows just name and e-mail. */
    LISTED_WITHOUT_ID,
    /** {@code GET /tags/{id}/contacts} shows each contact's tags. */
    LISTED_WITH_TAGS,
    /** {@code DELETE /tags/{id}} answers 405 instead of 404. */
    DELETE_NOT_ALLOWED
}
