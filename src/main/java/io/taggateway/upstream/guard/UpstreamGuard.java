package io.taggateway.upstream.guard;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
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
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;

/**
 * Limits the requests to one vendor's account. It rejects a request during a cool-down, while the circuit is open, and
 * while too many requests are in progress.
 */
public final class UpstreamGuard {

    private final Vendor vendor;
    private final CoolDown coolDown;
    private final CoolDownChannel coolDowns;
    private final CoolDownChannel.Account account;
    private final Disposable coolDownsOfOthers;
    private final VendorCircuit circuit;
    private final BulkheadRegistry bulkheads;
    private final Bulkhead bulkhead;
    private final @Nullable Pace pace;
    private volatile VendorStatus last = VendorStatus.UP;

    /** Creates a guard for an account, whose cool-downs and rate apply to all replicas. */
    public UpstreamGuard(
            Vendor vendor, UpstreamSettings settings, TenantLabel label, Clock clock, RateCoordination replicas) {
        String name = vendor.prefix();
        this.vendor = vendor;
        Map<String, String> labels = Map.of(TenantLabel.KEY, label.value());
        VendorStateLog log = new VendorStateLog(label.tenant(), vendor);
        this.coolDown = new CoolDown(clock, log);
        this.coolDowns = replicas.coolDowns();
        this.account = new CoolDownChannel.Account(label.tenant(), vendor);
        this.coolDownsOfOthers = coolDowns.listen(account, coolDown::join);
        this.circuit = new VendorCircuit(settings.circuit(), labels, clock, log);
        UpstreamSettings.Limits limits = settings.limits();
        this.bulkheads = BulkheadRegistry.of(BulkheadConfig.custom()
                .maxConcurrentCalls(limits.maxConnections() + limits.maxWaiting())
                .maxWaitDuration(Duration.ZERO)
                .build());
        this.bulkhead = bulkheads.bulkhead(name, labels);
        this.pace = limits.requestsPerSecond() == 0 ? null : replicas.paces().open(account, limits);
    }

    /** One attempt of a request, or an immediate failure if it is rejected. */
    public <T> Mono<T> attempt(Attempt<T> attempt) {
        return new MonoOperator<T, T>(attempt.request()) {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                if (bulkhead.tryAcquirePermission()) {
                    GuardedRequest<T> request = new GuardedRequest<>(UpstreamGuard.this, circuit, attempt, actual);
                    paced(request.begin()).subscribe(request);
                } else {
                    Operators.error(actual, overloaded());
                }
            }
        };
    }

    private <T> Mono<T> paced(Mono<T> request) {
        return pace == null
                ? request
                : Mono.defer(() -> {
                    SourceException cooling = coolingDown();
                    return cooling == null
                            ? pace.permit().flatMap(permitted -> permitted ? request : Mono.error(overloaded()))
                            : Mono.error(cooling);
                });
    }

    /** A failure during a cool-down or while the circuit is open; null if one request is permitted. */
    @Nullable
    SourceException refusal() {
        SourceException cooling = coolingDown();
        return cooling == null ? circuit.refusal() : cooling;
    }

    private @Nullable SourceException coolingDown() {
        Duration wait = coolDown.remaining();
        return wait.isZero() ? null : SourceException.rateLimited(vendor, wait);
    }

    /** A failure whose time to wait, if it has one, is not shorter than the cool-down. */
    public SourceException duringCoolDown(SourceException failure) {
        Duration wait = coolDown.remaining();
        return failure.retryAfter() == null || failure.retryAfter().compareTo(wait) >= 0
                ? failure
                : failure.withRetryAfter(wait);
    }

    void succeeded(Attempt<?> attempt) {
        onResponse();
        circuit.succeeded(attempt);
    }

    void failed(Throwable error, Attempt<?> attempt) {
        if (error instanceof SourceException failure && attempt.counts().test(failure)) {
            failed(failure);
        }
        circuit.failed(error, attempt);
    }

    /** A permitted request has ended, or its caller has disconnected. */
    void leave() {
        bulkhead.onComplete();
    }

    public Condition condition() {
        CircuitState state = circuit.state();
        Instant until = coolDown.until();
        return new Condition(status(state, until), state, until);
    }

    /** Removes the meters of this guard, and its listener for cool-downs. */
    public void close() {
        coolDownsOfOthers.dispose();
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
                coolDowns.publish(account, coolDown.begin(failure.retryAfter()));
                last = VendorStatus.DEGRADED;
            }
            case UNAVAILABLE, SERVER_ERROR, TIMEOUT, AUTH_FAILED, INVALID_RESPONSE -> last = VendorStatus.DOWN;
            case FORBIDDEN -> last = VendorStatus.DEGRADED;
            case REJECTED_INPUT, CONFLICT, NOT_FOUND -> onResponse();
            case CIRCUIT_OPEN, OVERLOADED, NOT_CONFIGURED, REQUEST_LIMIT, CLUSTER_UNAVAILABLE -> {
                // Does not count for the vendor, as nothing was sent.
            }
        }
    }

    private SourceException overloaded() {
        return SourceException.of(vendor, FailureReason.OVERLOADED);
    }

    /**
     * One attempt of a request.
     *
     * @param counts whether a failure counts as one of the vendor, rather than of the caller or the gateway
     * @param time for how long the vendor has had the request
     */
    public record Attempt<T>(Mono<T> request, Predicate<SourceException> counts, Supplier<Duration> time) {}
}
