package io.taggateway.upstream.cache;

/** One step from a state of an account's tags to the next, which is the same where the step was not accepted. */
record TagListTransition(TagListState before, TagListState after) {

    boolean accepted() {
        return before != after;
    }

    /** Whether listeners are notified of this; that a load begins changes nothing for them. */
    boolean published() {
        return before.version() != after.version();
    }
}
