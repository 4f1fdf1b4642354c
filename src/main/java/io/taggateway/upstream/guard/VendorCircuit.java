package io.taggateway.upstream.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.taggateway.tagging.directory.VendorState.CircuitState;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.guard.UpstreamGuard.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The circuit breaker of one vendor's account. Only failures of the vendor count. */
final class VendorCircuit {

    private static final int PROBES = 3;

    private static final Set<FailureReason> DOWN = EnumSet.of(
            FailureReason.UNAVAILABLE,
            FailureReason.SERVER_ERROR,
            FailureReason.TIMEOUT,
            FailureReason.INVALID_RESPONSE);

    private final Vendor vendor;
    private final CircuitBreakerRegistry registry;
    private final CircuitBreaker circuit;
    private final Clock clock;
    private final Duration openFor;
    private final AtomicInteger mayBeLeftRunning;
    private volatile Instant openedAt = Instant.EPOCH;

    VendorCircuit(UpstreamSettings.Circuit settings, Map<String, String> labels, Clock clock, VendorStateLog log) {
        this.vendor = log.vendor();
        this.clock = clock;
        this.openFor = settings.openFor();
        this.mayBeLeftRunning = new AtomicInteger(settings.minRequests());
        this.registry = CircuitBreakerRegistry.of(config(settings, clock));
        this.circuit = registry.circuitBreaker(vendor.prefix(), labels);
        if (!settings.enabled()) {
            circuit.transitionToDisabledState();
        }
        circuit.getEventPublisher().onStateTransition(event -> {
            CircuitBreaker.StateTransition transition = event.getStateTransition();
            if (transition.getToState() == CircuitBreaker.State.OPEN) {
                openedAt = clock.instant();
            }
            CircuitBreaker.Metrics metrics = circuit.getMetrics();
            log.circuit(
                    transition.getFromState(),
                    transition.getToState(),
                    metrics.getFailureRate(),
                    metrics.getSlowCallRate());
        });
    }

    /** A failure if the circuit is open; null if one request is permitted. */
    @Nullable
    SourceException refusal() {
        return circuit.tryAcquirePermission() ? null : SourceException.circuitOpen(vendor, untilProbe());
    }

    /** Whether a request may continue after its caller has disconnected. */
    boolean mayDetach() {
        return circuit.getState() == CircuitBreaker.State.CLOSED
                && mayBeLeftRunning.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    void detachedEnded() {
        mayBeLeftRunning.incrementAndGet();
    }

    /** Releases the permission of a request whose outcome does not count for the vendor. */
    void withoutResult() {
        circuit.releasePermission();
    }

    void succeeded(Attempt<?> attempt) {
        circuit.onSuccess(attempt.time().get().toNanos(), TimeUnit.NANOSECONDS);
    }

    CircuitState state() {
        return switch (circuit.getState()) {
            case OPEN, FORCED_OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> CircuitState.CLOSED;
        };
    }

    CircuitBreakerRegistry registry() {
        return registry;
    }

    void close() {
        registry.remove(circuit.getName());
    }

    void failed(Throwable error, Attempt<?> attempt) {
        if (error instanceof SourceException failure
                && (failure.reason() == FailureReason.REQUEST_LIMIT
                        || !attempt.counts().test(failure))) {
            circuit.releasePermission();
        } else {
            circuit.onError(attempt.time().get().toNanos(), TimeUnit.NANOSECONDS, error);
        }
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
                .recordException(
                        error -> !(error instanceof SourceException failure) || DOWN.contains(failure.reason()))
                .clock(clock)
                .currentTimestampFunction(now -> now.millis(), TimeUnit.MILLISECONDS)
                .build();
    }
}
