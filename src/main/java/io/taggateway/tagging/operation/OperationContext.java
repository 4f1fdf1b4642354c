package io.taggateway.tagging.operation;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** The state of one operation. It is in Reactor's context and in the GraphQL context under the same key. */
public record OperationContext(
        Origin origin,
        OperationDeadline deadline,
        OperationCancellation cancellation,
        VendorRequestScope requests,
        CacheHint cacheHint) {

    /** The key in Reactor's context and in the GraphQL context. */
    public static final String KEY = "operation";

    /** The key of Micrometer's observation, which contains the trace, in Reactor's context. */
    private static final String TRACE = "micrometer.observation";

    /** Creates the state of a new operation. */
    public static OperationContext begin(Origin origin, OperationDeadline deadline) {
        return new OperationContext(
                origin, deadline, new OperationCancellation(), new VendorRequestScope(), new CacheHint());
    }

    /** Creates the state of background work. In the log, its name replaces the request id. */
    public static OperationContext background(String name) {
        Origin origin = new Origin(new Caller(name, null, Set.of(), null), name, null);
        return new OperationContext(
                origin, OperationDeadline.NONE, OperationCancellation.NEVER, new VendorRequestScope(), new CacheHint());
    }

    /**
     * The current operation.
     *
     * @throws IllegalStateException if there is none
     */
    public static OperationContext of(ContextView context) {
        return require(context.getOrDefault(KEY, null));
    }

    /**
     * The operation under {@link #KEY}.
     *
     * @throws IllegalStateException if there is none
     */
    public static OperationContext require(@Nullable OperationContext found) {
        if (found == null) {
            throw new IllegalStateException("No OperationContext in the context, where every operation has one");
        }
        return found;
    }

    /** Calls a function with the current operation on each subscription. */
    public static <T> Mono<T> defer(Function<OperationContext, Mono<T>> work) {
        return Mono.deferContextual(context -> work.apply(of(context)));
    }

    /**
     * The context of a load that callers share. It has the trace and the request id of the caller that started it, but
     * not its deadline, cancellation, budget and cache.
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
     * The context of a write of several requests. The write completes even if the caller disconnects, and the operation
     * ends after it.
     */
    public static <T> Mono<T> withoutCancellation(Mono<T> write) {
        return defer(operation -> operation.cancellation.continueAfterCancellation(
                write.contextWrite(operation.withoutCancellation()::in)));
    }

    OperationContext withoutCancellation() {
        return new OperationContext(origin, deadline, OperationCancellation.NEVER, requests, cacheHint);
    }

    /**
     * The context of one event of this subscription, with its own deadline, budget and cache.
     *
     * @param event the scope that all subscriptions to this event share; null for a separate one
     */
    public OperationContext forEvent(@Nullable VendorRequestScope event) {
        return new OperationContext(origin, deadline.renewed(), cancellation, requests.renewed(event), new CacheHint());
    }

    /** A context with this operation. */
    public Context in(Context context) {
        return context.put(KEY, this);
    }

    public String requestId() {
        return origin.requestId();
    }

    /**
     * The directory of vendors that is leased for this operation.
     *
     * @param type its type, on which this package cannot depend
     * @throws IllegalStateException for background work
     */
    public <T> T directory(Class<T> type) {
        if (!type.isInstance(origin.directory())) {
            throw new IllegalStateException("OperationContext of " + requestId() + " has no " + type.getSimpleName());
        }
        return type.cast(origin.directory());
    }

    /**
     * The origin of an operation.
     *
     * @param directory the vendors of the caller's tenant; null for background work
     */
    public record Origin(
            Caller caller, String requestId, @Nullable Object directory) {}
}
