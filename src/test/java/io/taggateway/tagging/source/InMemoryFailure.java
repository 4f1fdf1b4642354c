package io.taggateway.tagging.source;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The failure and the number of requests of an in-memory source. */
final class InMemoryFailure {

    private final Vendor vendor;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile @Nullable FailureReason reason;

    InMemoryFailure(Vendor vendor) {
        this.vendor = vendor;
    }

    void set(@Nullable FailureReason changed) {
        reason = changed;
    }

    int requests() {
        return requests.get();
    }

    /** The result of one request, or the failure. */
    <T> Mono<T> orElse(Mono<T> response) {
        return Mono.defer(() -> {
            requests.incrementAndGet();
            FailureReason present = reason;
            return present == null ? response : Mono.error(SourceException.of(vendor, present));
        });
    }

    /** The same for one object, which may not exist. */
    <T> Mono<T> orEmpty(Mono<T> response) {
        return Mono.defer(() -> {
            if (reason == FailureReason.NOT_FOUND) {
                requests.incrementAndGet();
                return Mono.empty();
            }
            return orElse(response);
        });
    }
}
