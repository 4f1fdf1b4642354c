package io.taggateway.upstream.guard;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.FatalErrorRelay;
import io.taggateway.tagging.operation.OperationContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A lock of this gateway alone, which runs work in the order of subscription. */
public final class LocalKeyedLock implements KeyedLock {

    /** A longer queue would exceed the time limit of most requests in it. */
    private static final int MAX_WAITING = 200;

    private static final Duration FOREVER = Duration.ofDays(1);

    private final Vendor vendor;
    private final int maxWaiting;
    private final FailureLog failures = new FailureLog();

    /** The holder of the lock and the waiters behind it, by key. */
    private final Map<String, LinkedHashSet<Sinks.One<Boolean>>> queues = new HashMap<>();

    public LocalKeyedLock(Vendor vendor) {
        this(vendor, MAX_WAITING);
    }

    LocalKeyedLock(Vendor vendor, int maxWaiting) {
        this.vendor = vendor;
        this.maxWaiting = maxWaiting;
    }

    @Override
    public <T> Mono<T> hold(String key, Mono<T> work) {
        return OperationContext.defer(operation -> {
            Sinks.One<Boolean> turn = Sinks.one();
            int ahead = join(key, turn);
            if (ahead > maxWaiting) {
                return Mono.error(failure(FailureReason.OVERLOADED, operation));
            }
            // Continues in another thread, as the stack would grow with each work that ends at once
            Mono<T> begun = ahead == 0
                    ? work
                    : FatalErrorRelay.catching(inTime(operation, turn.asMono()).publishOn(Schedulers.parallel()))
                            .flatMap(begin -> work);
            return begun.doFinally(signal -> {
                Sinks.One<Boolean> next = leave(key, turn);
                if (next != null) {
                    next.tryEmitValue(true);
                }
            });
        });
    }

    private <T> Mono<T> inTime(OperationContext operation, Mono<T> turn) {
        Duration left = operation.deadline().remaining(FOREVER);
        Mono<T> late = Mono.error(() -> failure(FailureReason.TIMEOUT, operation));
        return left.isPositive() ? operation.cancellation().bind(turn).timeout(left, late) : late;
    }

    private SourceException failure(FailureReason reason, OperationContext operation) {
        SourceException failure = SourceException.of(vendor, reason);
        Tenant tenant = Tenant.of(operation.origin().caller().tenant());
        return failures.log(new FailureLog.Request(tenant, "awaitTurn", operation.requestId()), failure, Duration.ZERO);
    }

    /** Enqueues a turn, unless too many wait, and returns how many are before it. */
    private synchronized int join(String key, Sinks.One<Boolean> turn) {
        LinkedHashSet<Sinks.One<Boolean>> queue = queues.computeIfAbsent(key, absent -> new LinkedHashSet<>());
        int ahead = queue.size();
        if (ahead <= maxWaiting) {
            queue.addLast(turn);
        }
        return ahead;
    }

    /** The next in turn; null if there is none, or this one was cancelled while it waited. */
    private synchronized Sinks.@Nullable One<Boolean> leave(String key, Sinks.One<Boolean> turn) {
        LinkedHashSet<Sinks.One<Boolean>> queue = queues.getOrDefault(key, new LinkedHashSet<>());
        boolean held = !queue.isEmpty() && queue.getFirst().equals(turn);
        queue.remove(turn);
        if (queue.isEmpty()) {
            queues.remove(key);
            return null;
        }
        return held ? queue.getFirst() : null;
    }
}
