package io.taggateway.cluster.lock;

import io.lettuce.core.RedisException;
import io.taggateway.cluster.redis.RedisUnavailableException;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.upstream.guard.FailureLog;
import io.taggateway.upstream.guard.KeyedLock;
import io.taggateway.upstream.guard.LocalKeyedLock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A lock that all replicas share. Each replica acquires its local lock first, so that it waits for the lock in Redis
 * only once at a time. While Redis is not available, the local lock is sufficient, or the work fails, as configured.
 */
final class RedisKeyedLock implements KeyedLock {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(15);
    private static final Duration FOREVER = Duration.ofDays(1);
    private static final int MAX_LOSSES = 3;

    private final Scope scope;
    private final LockStore store;
    private final boolean needsRedis;
    private final FailureLog failures;
    private final KeyedLock turns;

    RedisKeyedLock(Scope scope, LockStore store, boolean needsRedis, FailureLog failures) {
        this.scope = scope;
        this.store = store;
        this.needsRedis = needsRedis;
        this.failures = failures;
        this.turns = new LocalKeyedLock(scope.vendor);
    }

    @Override
    public <T> Mono<T> hold(String key, Mono<T> work) {
        return turns.hold(key, OperationContext.defer(operation -> {
            String name = scope.name(Tenant.of(operation.origin().caller().tenant()), key);
            return Mono.using(
                            () -> store.lease(name, needsRedis),
                            lease -> withLease(operation, lease, work),
                            RedisLease::release)
                    .retryWhen(Retry.max(MAX_LOSSES)
                            .filter(error -> error instanceof LeaseLostException lost
                                    && lost.key().endsWith(name)))
                    .onErrorMap(
                            error -> Exceptions.isRetryExhausted(error),
                            lost -> failure(FailureReason.CLUSTER_UNAVAILABLE, operation));
        }));
    }

    private <T> Mono<T> withLease(OperationContext operation, RedisLease lease, Mono<T> work) {
        return acquire(operation, lease)
                .<Mono<T>>thenReturn(work.contextWrite(lease::in).doFirst(lease::renew))
                .onErrorResume(
                        RedisKeyedLock::isUnavailable,
                        error -> needsRedis
                                ? Mono.error(failure(FailureReason.CLUSTER_UNAVAILABLE, operation))
                                : Mono.just(work))
                .flatMap(begun -> begun);
    }

    private Mono<Boolean> acquire(OperationContext operation, RedisLease lease) {
        Mono<Boolean> held = store.acquire(lease)
                .filter(acquired -> acquired)
                .repeatWhenEmpty(Integer.MAX_VALUE, empty -> empty.delayElements(POLL_INTERVAL));
        Duration left = operation.deadline().remaining(FOREVER);
        Mono<Boolean> late = Mono.error(() -> failure(FailureReason.TIMEOUT, operation));
        return left.isPositive() ? operation.cancellation().bind(held).timeout(left, late) : late;
    }

    private SourceException failure(FailureReason reason, OperationContext operation) {
        SourceException failure = SourceException.of(scope.vendor, reason);
        Tenant tenant = Tenant.of(operation.origin().caller().tenant());
        return failures.log(new FailureLog.Request(tenant, "awaitLock", operation.requestId()), failure, Duration.ZERO);
    }

    private static boolean isUnavailable(Throwable error) {
        return error instanceof RedisUnavailableException
                || error instanceof RedisException
                || error instanceof TimeoutException;
    }

    /** The common part of a lock's keys for all tenants. */
    record Scope(Vendor vendor, String purpose) {

        String name(Tenant tenant, String key) {
            return vendor.prefix() + ':' + tenant.name() + ':' + purpose + ':' + key;
        }
    }
}
