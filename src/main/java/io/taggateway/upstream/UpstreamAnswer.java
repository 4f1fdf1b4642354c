package io.taggateway.upstream;

import java.time.Instant;

/**
 * A vendor's answer of a 2xx status.
 *
 * @param receivedAt when it had come in
 */
public record UpstreamAnswer(int status, byte[] body, Instant receivedAt) {}
