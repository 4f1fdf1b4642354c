package io.taggateway.sandbox.sipsim;

import java.time.Duration;
import java.util.Set;

/**
 * How SIPSIM is played.
 *
 * @param keys whom it lets in
 * @param tokenLife how long an issued token lives
 * @param tagPageLimit the largest page of {@code GET /tags}, whatever the request's {@code limit}
 * @param callIds how call ids look
 * @param quirks how it differs from the plain reading of its documentation
 */
public record SipsimOptions(
        SipsimKeys keys, Duration tokenLife, int tagPageLimit, CallIdForm callIds, Set<SipsimQuirk> quirks) {

    public static final String ACCESS_TOKEN = "sandbox-access-token";
    public static final String CLIENT_ID = "sandbox-client";
    public static final String CLIENT_SECRET = "sandbox-secret";

    private static final Set<String> SCOPES =
            Set.of("account.read", "calls.read", "calls.write", "calls.tags.write", "tags.read", "tags.write");

    public SipsimOptions {
        quirks = Set.copyOf(quirks);
        if (tagPageLimit < 1) {
            throw new IllegalArgumentException("A page holds at least one tag");
        }
    }

    public static SipsimOptions defaults() {
        SipsimKeys keys = new SipsimKeys(ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, SCOPES);
        return new SipsimOptions(keys, Duration.ofHours(2), 1000, CallIdForm.MIXED, Set.of());
    }

    public SipsimOptions withKeys(SipsimKeys changed) {
        return new SipsimOptions(changed, tokenLife, tagPageLimit, callIds, quirks);
    }

    /** Answers these options with other scopes for every token. */
    public SipsimOptions withScopes(String... scopes) {
        return withKeys(new SipsimKeys(keys.accessToken(), keys.clientId(), keys.clientSecret(), Set.of(scopes)));
    }

    public SipsimOptions withTagPageLimit(int changed) {
        return new SipsimOptions(keys, tokenLife, changed, callIds, quirks);
    }

    public SipsimOptions withCallIds(CallIdForm changed) {
        return new SipsimOptions(keys, tokenLife, tagPageLimit, changed, quirks);
    }

    public SipsimOptions withQuirks(SipsimQuirk... changed) {
        return new SipsimOptions(keys, tokenLife, tagPageLimit, callIds, Set.of(changed));
    }

    boolean has(SipsimQuirk quirk) {
        return quirks.contains(quirk);
    }
}
