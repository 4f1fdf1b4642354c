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

/** What one operation asks vendors: the same thing once, and no more often than its budget allows. */
public final class VendorRequestScope {

    private final Map<Object, Mono<?>> results = new ConcurrentHashMap<>();
    private final Map<Vendor, SourceException> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger needed = new AtomicInteger();
    private final boolean shared;
    private final AtomicInteger limited = new AtomicInteger();
    private volatile int max = Integer.MAX_VALUE;
    private volatile boolean exempt;

    VendorRequestScope() {
        this(false);
    }

    private VendorRequestScope(boolean shared) {
        this.shared = shared;
    }

    /** A scope for one event, in which all subscriptions that receive it are resolved. */
    public static VendorRequestScope ofEvent() {
        return new VendorRequestScope(true);
    }

    /**
     * The result that this operation already has for a key, or else that of the supplied reader. A read that has begun
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

    /** What subscriptions share goes on when the one leaves for which it began. */
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

    /** A write after which all earlier results are dropped, whether it succeeds or not. */
    public <T> Mono<T> forgetAfter(Mono<T> write) {
        return write.doOnTerminate(results::clear);
    }

    /** Lets no more than this many requests be sent. */
    public void limitTo(int requests) {
        max = requests;
    }

    /** Whether requests are sent now whatever the limit is, and do not count for it. */
    public void exempt(boolean now) {
        exempt = now;
    }

    /** How many requests were sent, and how many more would have been. */
    public int needed() {
        return needed.get();
    }

    /** A request that is only sent where the budget has something left for it. */
    public <T> Mono<T> charge(Vendor vendor, Mono<T> request) {
        return Mono.defer(() -> {
            needed.incrementAndGet();
            return exempt || limited.incrementAndGet() <= max ? request : Mono.error(refusal(vendor));
        });
    }

    /** The scope of an event, with the budget of this. */
    VendorRequestScope renewed(@Nullable VendorRequestScope event) {
        VendorRequestScope scope = event == null ? new VendorRequestScope() : event;
        scope.limitTo(max);
        return scope;
    }

    /** One for all requests, so that the caller's many entries have one id in the log. */
    private SourceException refusal(Vendor vendor) {
        return refusals.computeIfAbsent(vendor, asked -> SourceException.of(asked, FailureReason.REQUEST_LIMIT));
    }
}
