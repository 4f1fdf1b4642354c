package io.taggateway.upstream.http;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** A vendor's answer of a 2xx status. */
public final class UpstreamAnswer {

    private final int status;
    private final Instant receivedAt;
    private final boolean repeated;
    private final Supplier<@Nullable VendorJson> fields;

    UpstreamAnswer(int status, byte[] body, Instant receivedAt, boolean repeated) {
        this.status = status;
        this.receivedAt = receivedAt;
        this.repeated = repeated;
        this.fields = SingletonSupplier.ofNullable(() -> VendorJson.parse(body));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The JSON object in the body; null where it holds something else or nothing. */
    public @Nullable VendorJson fields() {
        return fields.get();
    }

    /** Whether the request had been sent before, so that the answer may tell of what that one did. */
    public boolean repeated() {
        return repeated;
    }

    /** When the answer had come in. */
    public Instant receivedAt() {
        return receivedAt;
    }
}
