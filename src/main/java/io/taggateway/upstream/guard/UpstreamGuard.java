package io.taggateway.upstream.guard;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.ratelimiter.operator.RateLimiterOperator;
import io.taggateway.tagging.directory.TenantLabel;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorState.CircuitState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Limits the requests to one vendor's account. It rejects a request during a cool-down, while the circuit is open, and
 * while too many requests are in progress.
 */
public final class UpstreamGuard {

    private final Vendor vendor;
    private final CoolDown coolDown;
    private final VendorCircuit circuit;
    private final BulkheadRegistry bulkheads;
    private final Bulkhead bulkhead;
    private final @Nullable RateLimiter pace;
    private volatile VendorStatus last = VendorStatus.UP;

    public UpstreamGuard(Vendor vendor, UpstreamSettings settings, TenantLabel label, Clock clock) {
        String name = vendor.prefix();
        this.vendor = vendor;
        Map<String, String> labels = Map.of(TenantLabel.KEY, label.value());
        VendorStateLog log = new VendorStateLog(label.tenant(), vendor);
        this.coolDown = new CoolDown(clock, log);
        this.circuit = new VendorCircuit(settings.circuit(), labels, clock, log);
        UpstreamSettings.Limits limits = settings.limits();
        this.bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(limits.maxConnections() + limits.maxWaiting())
                .maxWaitDuration(Duration.ZERO)
                .build());
        this.bulkhead = bulkheads.bulkhead(name, labels);
        this.pace = limits.requestsPerSecond() == 0 ? null : pace(name, limits);
    }

    /** One attempt of a request, or an immediate failure if it is rejected. */
    public <T> Mono<T> attempt(Attempt<T> attempt) {
        Mono<T> observed = attempt.request()
                .doOnNext(response -> onResponse())
                .doOnError(SourceException.class, failure -> {
                    if (attempt.counts().test(failure)) {
                        failed(failure);
                    }
                });
        Mono<T> guarded = unlessCooling(circuit.around(new Attempt<>(observed, attempt.counts(), attempt.time())));
        guarded = pace == null ? guarded : unlessCooling(guarded.transformDeferred(RateLimiterOperator.of(pace)));
        return guarded.transformDeferred(BulkheadOperator.of(bulkhead)).onErrorMap(this::decode);
    }

    /** Checks the cool-down and the circuit again after the wait for a turn. */
    private <T> Mono<T> unlessCooling(Mono<T> request) {
        return Mono.defer(() -> {
            Duration wait = coolDown.remaining();
            return wait.isZero() ? request : Mono.error(SourceException.rateLimited(vendor, wait));
        });
    }

    public Condition condition() {
        CircuitState state = circuit.state();
        Instant until = coolDown.until();
        return new Condition(status(state, until), state, until);
    }

    /** Removes the meters of this guard. */
    public void close() {
        circuit.close();
        bulkheads.remove(bulkhead.getName());
    }

    public CircuitBreakerRegistry circuits() {
        return circuit.registry();
    }

    public BulkheadRegistry bulkheads() {
        return bulkheads;
    }

    private VendorStatus status(CircuitState state, @Nullable Instant until) {
        if (state == CircuitState.OPEN) {
            return VendorStatus.DOWN;
        }
        boolean held = until != null || state == CircuitState.HALF_OPEN;
        return held && last == VendorStatus.UP ? VendorStatus.DEGRADED : last;
    }

    private void onResponse() {
        last = VendorStatus.UP;
        coolDown.onResponse();
    }

    private void failed(SourceException failure) {
        switch (failure.reason()) {
            case RATE_LIMITED -> {
                coolDown.begin(failure.retryAfter());
                last = VendorStatus.DEGRADED;
            }
            case UNAVAILABLE, SERVER_ERROR, TIMEOUT, AUTH_FAILED, INVALID_RESPONSE -> last = VendorStatus.DOWN;
            case FORBIDDEN -> last = VendorStatus.DEGRADED;
            case REJECTED_INPUT, CONFLICT, NOT_FOUND -> onResponse();
            case CIRCUIT_OPEN, OVERLOADED, NOT_CONFIGURED, REQUEST_LIMIT -> {
                // Does not count for the vendor, as nothing was sent.
            }
        }
    }

    private Throwable decode(Throwable error) {
        return switch (error) {
            case BulkheadFullException full -> SourceException.of(vendor, FailureReason.OVERLOADED);
            case RequestNotPermitted paced -> SourceException.of(vendor, FailureReason.OVERLOADED);
            default -> error;
        };
    }

    private static RateLimiter pace(String name, UpstreamSettings.Limits limits) {
        return RateLimiter.of(
                name,
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(Duration.ofSeconds(1).dividedBy(limits.requestsPerSecond()))
                        .timeoutDuration(limits.responseTimeout())
                        .build());
    }

    /**
     * One attempt of a request.
     *
     * @param counts whether a failure counts as one of the vendor, rather than of the caller or the gateway
     * @param time for how long the vendor has had the request
     */
    public record Attempt<T>(Mono<T> request, Predicate<SourceException> counts, Supplier<Duration> time) {}
}
