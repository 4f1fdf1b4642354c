package io.taggateway.tagging.operation;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The state of one operation. Reactor's context and GraphQL's hold the same one under the same key. */
public record OperationContext(
        Origin origin,
        OperationDeadline deadline,
        OperationCancellation cancellation,
        VendorRequestScope requests,
        CacheHint cacheHint) {

    /** The key in Reactor's context and in GraphQL's. */
    public static final String KEY = "operation";

    /** Where Micrometer has the observation, and with it the trace, in Reactor's context. */
    private static final String TRACE = "micrometer.observation";

    /** The state of an operation that begins. */
    public static OperationContext begin(Origin origin, OperationDeadline deadline) {
        return new OperationContext(
                origin, deadline, new OperationCancellation(), new VendorRequestScope(), new CacheHint());
    }

    /** The state of something that no caller waits for; the log has its name in place of a request's id. */
    public static OperationContext background(String name) {
        Origin origin = new Origin(new Caller(name, null, Set.of(), null), name, null);
        return new OperationContext(
                origin, OperationDeadline.NONE, OperationCancellation.NEVER, new VendorRequestScope(), new CacheHint());
    }

    /**
     * The operation that something is done for.
     *
     * @throws IllegalStateException if there is none
     */
    public static OperationContext of(ContextView context) {
        return require(context.getOrDefault(KEY, null));
    }

    /**
     * The operation that was found under {@link #KEY}.
     *
     * @throws IllegalStateException if there is none
     */
    public static OperationContext require(@Nullable OperationContext found) {
        if (found == null) {
            throw new IllegalStateException("No OperationContext in the context, where every operation has one");
        }
        return found;
    }

    /** What is done for the operation that it is subscribed to for. */
    public static <T> Mono<T> defer(Function<OperationContext, Mono<T>> work) {
        return Mono.deferContextual(context -> work.apply(of(context)));
    }

    /**
     * The context of a load that callers share: of the one that began it, it has the trace and the request's id, and
     * neither the deadline, the cancellation, the budget nor the cache.
     */
    public static Context detached(ContextView caller) {
        OperationContext operation = of(caller);
        Origin origin = new Origin(operation.origin.caller(), operation.origin.requestId(), null);
        Context detached = new OperationContext(
                        origin,
                        OperationDeadline.NONE,
                        OperationCancellation.NEVER,
                        new VendorRequestScope(),
                        new CacheHint())
                .in(Context.empty());
        return caller.hasKey(TRACE) ? detached.put(TRACE, caller.get(TRACE)) : detached;
    }

    /**
     * A write of several requests that has begun: it completes even if the caller leaves, and the operation after it.
     */
    public static <T> Mono<T> withoutCancellation(Mono<T> write) {
        return defer(
                operation -> operation.cancellation.outlast(write.contextWrite(operation.withoutCancellation()::in)));
    }

    OperationContext withoutCancellation() {
        return new OperationContext(origin, deadline, OperationCancellation.NEVER, requests, cacheHint);
    }

    /**
     * This subscription as one of its events sees it, with time, budget and cache for this event.
     *
     * @param event the scope in which other subscriptions see it, too; null for one of its own
     */
    public OperationContext forEvent(@Nullable VendorRequestScope event) {
        return new OperationContext(origin, deadline.renewed(), cancellation, requests.renewed(event), new CacheHint());
    }

    /** A context in which things are done for this operation. */
    public Context in(Context context) {
        return context.put(KEY, this);
    }

    public String requestId() {
        return origin.requestId();
    }

    /**
     * The directory of vendors that is leased for this.
     *
     * @param type its type, which this package does not know, as directories do things for operations themselves
     * @throws IllegalStateException for what has no caller
     */
    public <T> T directory(Class<T> type) {
        if (!type.isInstance(origin.directory())) {
            throw new IllegalStateException("OperationContext of " + requestId() + " has no " + type.getSimpleName());
        }
        return type.cast(origin.directory());
    }

    /**
     * Where an operation comes from.
     *
     * @param directory the vendors of the caller's tenant; null for what has no caller
     */
    public record Origin(
            Caller caller, String requestId, @Nullable Object directory) {}
}
