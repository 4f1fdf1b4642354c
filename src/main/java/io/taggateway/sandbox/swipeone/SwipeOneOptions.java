package io.taggateway.sandbox.swipeone;

import java.util.Set;

/**
 * How Swipe One is played.
 *
 * @param keys whom it lets in
 * @param takenLabel what creating a tag does about a label that is there
 * @param listEnd how pages of contacts end
 * @param staleReads how many reads after a write show what was before it
 * @param quirks how it differs from the plain reading of its documentation
 */
public record SwipeOneOptions(
        SwipeOneKeys keys, TakenLabel takenLabel, ListEnd listEnd, int staleReads, Set<SwipeOneQuirk> quirks) {

    public static final String API_KEY = "sandbox-api-key";
    public static final String WORKSPACE_ID = "5a4db0c0ffee5a4db0c0ffee";

    public SwipeOneOptions {
        quirks = Set.copyOf(quirks);
    }

    public static SwipeOneOptions defaults() {
        return new SwipeOneOptions(
                new SwipeOneKeys(API_KEY, WORKSPACE_ID), TakenLabel.REJECTED, ListEnd.MISSING, 0, Set.of());
    }

    public SwipeOneOptions withKeys(SwipeOneKeys changed) {
        return new SwipeOneOptions(changed, takenLabel, listEnd, staleReads, quirks);
    }

    public SwipeOneOptions withTakenLabel(TakenLabel changed) {
        return new SwipeOneOptions(keys, changed, listEnd, staleReads, quirks);
    }

    public SwipeOneOptions withListEnd(ListEnd changed) {
        return new SwipeOneOptions(keys, takenLabel, changed, staleReads, quirks);
    }

    public SwipeOneOptions withStaleReads(int changed) {
        return new SwipeOneOptions(keys, takenLabel, listEnd, changed, quirks);
    }

    public SwipeOneOptions withQuirks(SwipeOneQuirk... changed) {
        return new SwipeOneOptions(keys, takenLabel, listEnd, staleReads, Set.of(changed));
    }

    boolean has(SwipeOneQuirk quirk) {
        return quirks.contains(quirk);
    }
}
