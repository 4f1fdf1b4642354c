package io.taggateway.sandbox.sipsim;

import java.time.Duration;
import java.util.Set;

/**
 * How simulated SIPSIM behaves.
 *
 * @param scopes the scopes of every token
 * @param tokenLife how long an issued token is valid
 * @param tagPageLimit the largest page of {@code GET /tags}, whatever the request's {@code limit}
 * @param callIds the form of call ids
 * @param quirks the differences from a plain reading of SIPSIM's documentation
 */
public record SipsimOptions(
        Set<String> scopes, Duration tokenLife, int tagPageLimit, CallIdForm callIds, Set<SipsimQuirk> quirks) {

    /** A bearer token that never expires. */
    public static final String ACCESS_TOKEN = "sandbox-access-token";

    public static final String CLIENT_ID = "sandbox-client";
    public static final String CLIENT_SECRET = "sandbox-secret";

    private static final Set<String> SCOPES =
            Set.of("account.read", "calls.read", "calls.write", "calls.tags.write", "tags.read", "tags.write");

    public SipsimOptions {
        scopes = Set.copyOf(scopes);
        quirks = Set.copyOf(quirks);
        if (tagPageLimit < 1) {
            throw new IllegalArgumentException("A page holds at least one tag");
        }
    }

    /** The form of call ids; SIPSIM's documentation shows several. */
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

    /** A possible behavior of SIPSIM that its documentation does not exclude. */
    public enum SipsimQuirk {
        /** Colors have the form {@code FF0000} instead of {@code #FF0000}. */
        COLOR_WITHOUT_HASH,
        /** Null descriptions are omitted. */
        NULL_DESCRIPTION_LEFT_OUT,
        /** The last page has a {@code page} token too. */
        PAGE_TOKEN_AT_THE_END,
        /** Pages that are not the last have no {@code page} token. */
        PAGE_TOKEN_MISSING,
        /** From the second page on, each page has the token of its own request. */
        PAGE_TOKEN_REPEATED,
        /** {@code DELETE /tags/{id}} of an unknown tag returns 204 instead of 404. */
        UNKNOWN_TAG_DELETED,
        /** A name that differs in letter case only counts as taken. */
        NAMES_IGNORE_CASE,
        /** {@code GET /calls/{id}/tags} includes descriptions. */
        CALL_TAGS_DESCRIBED
    }

    public static SipsimOptions defaults() {
        return new SipsimOptions(SCOPES, Duration.ofHours(2), 1000, CallIdForm.MIXED, Set.of());
    }

    public SipsimOptions withScopes(String... changed) {
        return new SipsimOptions(Set.of(changed), tokenLife, tagPageLimit, callIds, quirks);
    }

    public SipsimOptions withTagPageLimit(int changed) {
        return new SipsimOptions(scopes, tokenLife, changed, callIds, quirks);
    }

    public SipsimOptions withCallIds(CallIdForm changed) {
        return new SipsimOptions(scopes, tokenLife, tagPageLimit, changed, quirks);
    }

    public SipsimOptions withQuirks(SipsimQuirk... changed) {
        return new SipsimOptions(scopes, tokenLife, tagPageLimit, callIds, Set.of(changed));
    }

    boolean has(SipsimQuirk quirk) {
        return quirks.contains(quirk);
    }
}
