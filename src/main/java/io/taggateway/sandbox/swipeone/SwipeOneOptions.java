package io.taggateway.sandbox.swipeone;

import java.util.Set;

/**
 * How simulated Swipe One behaves.
 *
 * @param takenLabel the result of creating a tag with a taken label
 * @param listEnd how pages of contacts end
 * @param staleReads how many reads after a write return the data from before it
 * @param quirks the differences from a plain reading of Swipe One's documentation
 */
public record SwipeOneOptions(TakenLabel takenLabel, ListEnd listEnd, int staleReads, Set<SwipeOneQuirk> quirks) {

    /** The key that is accepted in the header {@code x-api-key}. */
    public static final String API_KEY = "sandbox-api-key";

    /** The one workspace of the key. */
    public static final String WORKSPACE_ID = "5a4db0c0ffee5a4db0c0ffee";

    public SwipeOneOptions {
        quirks = Set.copyOf(quirks);
    }

    /** The result of {@code POST /workspaces/{id}/tags} if a tag already has the label. */
    public enum TakenLabel {
        /** 400 in an {@code error} envelope, as documented for contact properties. */
        REJECTED,
        /** 409. */
        CONFLICT,
        /** 201 with the existing tag. */
        ANSWERED,
        /** 201 with a second tag. */
        DUPLICATED
    }

    /** How a page of contacts indicates the end of the list. */
    public enum ListEnd {
        /** The token is absent. */
        MISSING,
        /** The token is null. */
        NULL,
        /** The last page has a token, whose page is empty and has the same token. */
        REPEATED
    }

    /** A possible behavior of Swipe One that its documentation does not exclude. */
    public enum SwipeOneQuirk {
        /** Only the 26 documented color names are accepted; hex is 400. */
        STRICT_COLORS,
        /** An unknown tag name in a contact's new tags is 400, instead of being ignored. */
        UNKNOWN_NAMES_REJECTED,
        /** An object with a taken label creates a second tag, instead of referring to the first. */
        LABELS_DUPLICATED,
        /** A taken slug gets a number as suffix, instead of existing twice. */
        SLUGS_NUMBERED,
        /** {@code POST /contacts/{id}/tags} returns the contact instead of a message. */
        CONTACT_ANSWERED,
        /** Failures have the status {@code error} instead of {@code fail}. */
        ERROR_ENVELOPE,
        /** 401 has an HTML page as body. */
        UNAUTHORIZED_IN_HTML,
        /** {@code GET /tags/{id}/contacts} returns only name and e-mail. */
        LISTED_WITHOUT_ID,
        /** {@code GET /tags/{id}/contacts} returns each contact's tags. */
        LISTED_WITH_TAGS,
        /** {@code DELETE /tags/{id}} returns 405 instead of 404. */
        DELETE_NOT_ALLOWED
    }

    public static SwipeOneOptions defaults() {
        return new SwipeOneOptions(TakenLabel.REJECTED, ListEnd.MISSING, 0, Set.of());
    }

    public SwipeOneOptions withTakenLabel(TakenLabel changed) {
        return new SwipeOneOptions(changed, listEnd, staleReads, quirks);
    }

    public SwipeOneOptions withListEnd(ListEnd changed) {
        return new SwipeOneOptions(takenLabel, changed, staleReads, quirks);
    }

    public SwipeOneOptions withStaleReads(int changed) {
        return new SwipeOneOptions(takenLabel, listEnd, changed, quirks);
    }

    public SwipeOneOptions withQuirks(SwipeOneQuirk... changed) {
        return new SwipeOneOptions(takenLabel, listEnd, staleReads, Set.of(changed));
    }

    boolean has(SwipeOneQuirk quirk) {
        return quirks.contains(quirk);
    }
}
