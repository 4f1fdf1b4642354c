package io.taggateway.upstream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A vendor's answer of a 2xx status. */
public final class UpstreamAnswer {

    private final int status;
    private final byte[] body;
    private final Instant receivedAt;

    UpstreamAnswer(int status, byte[] body, Instant receivedAt) {
        this.status = status;
        this.body = body;
        this.receivedAt = receivedAt;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The JSON object in the body; null where it holds something else or nothing. */
    public @Nullable Fields fields() {
        return Fields.parse(body);
    }

    /** When the answer had come in. */
    public Instant receivedAt() {
        return receivedAt;
    }
}
