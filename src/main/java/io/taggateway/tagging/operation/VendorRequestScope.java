package io.taggateway.tagging.operation;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The vendor requests of one operation. Equal reads are sent once, and the number of requests is limited by a budget.
 */
public final class VendorRequestScope {

    private final Map<Object, Mono<?>> results = new ConcurrentHashMap<>();
    private final Map<Vendor, SourceException> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger needed = new AtomicInteger();
    private final boolean shared;
    private final AtomicInteger limited = new AtomicInteger();
    private volatile int max = Integer.MAX_VALUE;
    private volatile boolean exempt;
    private volatile boolean written;

    VendorRequestScope() {
        this(false);
    }

    private VendorRequestScope(boolean shared) {
        this.shared = shared;
    }

    /** Creates a scope for one event, which all subscriptions share that receive it. */
    public static VendorRequestScope ofEvent() {
        return new VendorRequestScope(true);
    }

    /**
     * The result that this operation already has for a key, or else that of the supplied read. A read that has begun
     * continues until it or the operation ends.
     *
     * <p>The unchecked cast is safe, as the key names the vendor's resource, which has one type of result.
     *
     * @param key the key, which is equal for equal reads
     */
    @SuppressWarnings("unchecked")
    public <T> Mono<T> once(Object key, Supplier<Mono<T>> reader) {
        return (Mono<T>)
                results.computeIfAbsent(key, missing -> begun(reader.get()).cache());
    }

    /** A read that subscriptions share continues when the subscription that started it is cancelled. */
    private <T> Mono<T> begun(Mono<T> result) {
        return shared
                ? result.contextWrite(context ->
                        OperationContext.of(context).withoutCancellation().in(context))
                : result;
    }

    /** Replaces the result that this operation has for a key. */
    public <T> void replace(Object key, T result) {
        results.put(key, Mono.just(result));
    }

    /** Returns a write that drops all earlier results, even if it fails. */
    public <T> Mono<T> invalidateAfter(Mono<T> write) {
        return write.doOnSubscribe(begun -> written = true).doOnTerminate(results::clear);
    }

    /** Whether a write was sent, successful or not. */
    public boolean hasWritten() {
        return written;
    }

    /** Sets the maximum number of requests. */
    public void limitTo(int requests) {
        max = requests;
    }

    /** Sets whether requests are exempt from the limit and are not counted. */
    public void exempt(boolean now) {
        exempt = now;
    }

    /** The number of requests, including those that exceeded the limit. */
    public int needed() {
        return needed.get();
    }

    /** Returns a request that is sent only within the budget. */
    public <T> Mono<T> charge(Vendor vendor, Mono<T> request) {
        return Mono.defer(() -> {
            needed.incrementAndGet();
            return exempt || limited.incrementAndGet() <= max ? request : Mono.error(refusal(vendor));
        });
    }

    /** The scope of an event, with the budget of this scope. */
    VendorRequestScope renewed(@Nullable VendorRequestScope event) {
        VendorRequestScope scope = event == null ? new VendorRequestScope() : event;
        scope.limitTo(max);
        return scope;
    }

    /** One failure for all requests of a vendor, so that the caller's error entries have the same id in the log. */
    private SourceException refusal(Vendor vendor) {
        return refusals.computeIfAbsent(vendor, asked -> SourceException.of(asked, FailureReason.REQUEST_LIMIT));
    }
}
