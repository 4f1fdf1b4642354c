package io.taggateway.upstream.guard;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.github.resilience4j.reactor.ratelimiter.operator.RateLimiterOperator;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Stands before one vendor's account and sends nothing to it while that would be no use: while it has asked to be left
 * alone, while its circuit is open, or while too much is under way already.
 */
public final class UpstreamGuard {

    private static final int PROBES = 3;

    private final Vendor vendor;
    private final Clock clock;
    private final CoolDown coolDown;
    private final CircuitBreakerRegistry circuits;
    private final CircuitBreaker circuit;
    private final BulkheadRegistry bulkheads;
    private final Bulkhead bulkhead;
    private final @Nullable RateLimiter pace;
    private final Duration openFor;
    private volatile VendorStatus last = VendorStatus.UP;
    private volatile Instant openedAt = Instant.EPOCH;

    public UpstreamGuard(Vendor vendor, UpstreamSettings settings, Map<String, String> labels, Clock clock) {
        String name = vendor.prefix();
        this.vendor = vendor;
        this.clock = clock;
        this.coolDown = new CoolDown(clock);
        this.openFor = settings.circuit().openFor();
        this.circuits = CircuitBreakerRegistry.of(config(settings.circuit(), clock));
        this.circuit = circuits.circuitBreaker(name, labels);
        if (!settings.circuit().enabled()) {
            circuit.transitionToDisabledState();
        }
        circuit.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                openedAt = clock.instant();
            }
        });
        UpstreamSettings.Limits limits = settings.limits();
        this.bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(limits.maxConnections() + limits.maxWaiting())
                .maxWaitDuration(Duration.ZERO)
                .build());
        this.bulkhead = bulkheads.bulkhead(name, labels);
        this.pace = limits.requestsPerSecond() == 0 ? null : pace(name, limits);
    }

    /** One attempt of a request, or at once the reason why none is made. */
    public <T> Mono<T> attempt(Mono<T> request) {
        Mono<T> observed = request.doOnNext(answer -> answered()).doOnError(SourceException.class, this::failed);
        Mono<T> guarded = unlessCooling(observed.transformDeferred(CircuitBreakerOperator.of(circuit)));
        guarded = pace == null ? guarded : unlessCooling(guarded.transformDeferred(RateLimiterOperator.of(pace)));
        return guarded.transformDeferred(BulkheadOperator.of(bulkhead)).onErrorMap(this::decode);
    }

    /** Who waited for a turn asks once more whether the vendor may be asked. */
    private <T> Mono<T> unlessCooling(Mono<T> request) {
        return Mono.defer(() -> {
            Duration wait = coolDown.remaining();
            return wait.isZero() ? request : Mono.error(SourceException.rateLimited(vendor, wait));
        });
    }

    public Condition condition() {
        CircuitState state = switch (circuit.getState()) {
            case OPEN, FORCED_OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> CircuitState.CLOSED;
        };
        Instant until = coolDown.until();
        return new Condition(status(state, until), state, until);
    }

    /** Removes the meters of this guard. */
    public void close() {
        circuits.remove(circuit.getName());
        bulkheads.remove(bulkhead.getName());
    }

    public CircuitBreakerRegistry circuits() {
        return circuits;
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

    private void answered() {
        last = VendorStatus.UP;
        coolDown.answered();
    }

    private void failed(SourceException failure) {
        switch (failure.reason()) {
            case RATE_LIMITED -> {
                coolDown.begin(failure.retryAfter());
                last = VendorStatus.DEGRADED;
            }
            case UNAVAILABLE, SERVER_ERROR, TIMEOUT, AUTH_FAILED, INVALID_RESPONSE -> last = VendorStatus.DOWN;
            case FORBIDDEN -> last = VendorStatus.DEGRADED;
            case REJECTED_INPUT, CONFLICT, NOT_FOUND -> answered();
            case CIRCUIT_OPEN, OVERLOADED, NOT_CONFIGURED, REQUEST_LIMIT -> {
                // Says nothing of the vendor, as nothing was sent.
            }
        }
    }

    private Throwable decode(Throwable error) {
        return switch (error) {
            case CallNotPermittedException open -> SourceException.circuitOpen(vendor, untilProbe());
            case BulkheadFullException full -> SourceException.of(vendor, FailureReason.OVERLOADED);
            case RequestNotPermitted paced -> SourceException.of(vendor, FailureReason.OVERLOADED);
            default -> error;
        };
    }

    private Duration untilProbe() {
        Duration remaining = Duration.between(clock.instant(), openedAt.plus(openFor));
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    private static CircuitBreakerConfig config(UpstreamSettings.Circuit settings, Clock clock) {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.minRequests())
                .failureRateThreshold(settings.failureRate())
                .slowCallRateThreshold(settings.slowRate())
                .slowCallDurationThreshold(settings.slowAfter())
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .recordException(UpstreamGuard::isVendorDown)
                .ignoreException(UpstreamGuard::isNotSent)
                .clock(clock)
                .currentTimestampFunction(now -> now.millis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private static boolean isVendorDown(Throwable error) {
        return !(error instanceof SourceException failure)
                || failure.reason() == FailureReason.UNAVAILABLE
                || failure.reason() == FailureReason.SERVER_ERROR
                || failure.reason() == FailureReason.TIMEOUT
                || failure.reason() == FailureReason.INVALID_RESPONSE;
    }

    private static boolean isNotSent(Throwable error) {
        return error instanceof SourceException failure && failure.reason() == FailureReason.REQUEST_LIMIT;
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
}
