package io.taggateway.tagging.feed;

/**
 * A time at which a process reads a vendor's tag list, or another process does.
 *
 * @param reads whether this process reads the list from the vendor
 * @param onFailure to be called if this fails
 */
public record PollTurn(boolean reads, Runnable onFailure) {

    /** Another process reads the list. */
    public static final PollTurn FOLLOW = new PollTurn(false, () -> {});
}
