package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Vendor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Accepts the events of one vendor's webhook. */
public interface WebhookReceiver {

    Vendor vendor();

    /**
     * Whether a delivery with these headers may be accepted, so that its body is read.
     *
     * @param headers the first value of a header by its name; null if there is none
     */
    boolean expects(Function<String, @Nullable String> headers);

    /**
     * Verifies one delivery and accepts it if it is authentic. Returns before the delivery is processed. Safe to
     * repeat.
     *
     * @param headers the first value of a header by its name; null if there is none
     */
    Mono<Receipt> receive(Function<String, @Nullable String> headers, byte[] body);

    /** The result of a delivery. */
    enum Verdict {
        ACCEPTED,
        /** The signature is missing or not valid. */
        UNSIGNED,
        /** The delivery is signed, but its body is not valid. */
        MALFORMED
    }

    /**
     * The response to a delivery.
     *
     * @param message for the sender; empty if it was accepted
     */
    record Receipt(Verdict verdict, String message) {

        /** The response to a delivery that was accepted. */
        public static final Receipt ACCEPTED = new Receipt(Verdict.ACCEPTED, "");
    }
}
