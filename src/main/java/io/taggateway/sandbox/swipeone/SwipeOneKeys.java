package io.taggateway.sandbox.swipeone;

/**
 * What played Swipe One lets in.
 *
 * @param apiKey of the header {@code x-api-key}
 * @param workspaceId the one that the key belongs to
 */
public record SwipeOneKeys(String apiKey, String workspaceId) {}
