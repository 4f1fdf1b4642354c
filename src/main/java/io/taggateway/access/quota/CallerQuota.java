package io.taggateway.access.quota;

import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.limits.LimitsProperties;
import io.taggateway.access.limits.LimitsProperties.Allowance;
import io.taggateway.access.limits.LimitsProperties.CallerLimit;
import io.taggateway.access.quota.CallerMetrics.CallerMeters;
import io.taggateway.access.security.ApiKeyRegistry;
import io.taggateway.tagging.operation.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Limits the operations of each caller in a minute, and their total cost. */
@Component
public class CallerQuota {

    private final ApiKeyRegistry keys;
    private final CallerLimit defaults;
    private final Map<String, Allowance> callers;
    private final Map<String, Allowance> tenants;
    private final KeyedRateLimit requests;
    private final KeyedRateLimit costs;
    private final CallerMetrics metrics;

    CallerQuota(
            LimitsProperties properties, ApiKeyRegistry keys, Clock clock, MeterRegistry meters, SharedQuota shared) {
        this.keys = keys;
        this.defaults = properties.caller();
        this.callers = properties.callers();
        this.tenants = properties.tenants();
        this.requests = new KeyedRateLimit("requests", clock, meters, shared);
        this.costs = new KeyedRateLimit("cost", clock, meters, shared);
        this.metrics = new CallerMetrics(keys, meters);
    }

    /**
     * The charge for an operation of a caller; null if the caller has no limit, for example as callers do not
     * authenticate.
     */
    @Nullable
    OperationCharge begin(Caller caller) {
        if (caller.equals(Caller.ANYONE)) {
            return null;
        }
        Allowance ofKey = keys.findAllowance(caller.name());
        Allowance own = ofKey == null ? callers.get(caller.name()) : ofKey;
        Allowance tenant = caller.tenant() == null ? null : tenants.get(caller.tenant());
        // The callers of a tenant share its quota
        QuotaOwner owner =
                own == null && tenant != null ? new QuotaOwner(caller.tenant(), null) : QuotaOwner.of(caller);
        Allowance allowance = own != null ? own : tenant;
        int requestsPerMinute = defaults.requestsPerMinute();
        int costPerMinute = defaults.costPerMinute();
        if (allowance != null) {
            requestsPerMinute = Objects.requireNonNullElse(allowance.requestsPerMinute(), requestsPerMinute);
            costPerMinute = Objects.requireNonNullElse(allowance.costPerMinute(), costPerMinute);
        }
        return requestsPerMinute == 0 && costPerMinute == 0
                ? null
                : new OperationCharge(
                        new Account(requests, owner, requestsPerMinute), new Account(costs, owner, costPerMinute));
    }

    /** The meters of callers. */
    CallerMetrics metrics() {
        return metrics;
    }

    /**
     * Charges a caller for a cached response, which is sent without execution.
     *
     * @param cost of the operation, in objects
     * @param headers of the response, to which the limits are added
     * @return false if the caller's remaining quota is too small
     */
    public boolean chargeRepeated(Caller caller, long cost, HttpHeaders headers) {
        OperationCharge charge = begin(caller);
        boolean taken = charge == null || charge.takeRepeated(cost);
        if (taken && charge != null) {
            charge.addTo(headers);
        }
        CallerMeters measured = taken ? metrics.of(caller) : null;
        if (measured != null) {
            measured.repeated().increment();
            measured.cost().increment((double) cost);
        }
        return taken;
    }

    /** The quota of one owner under one limit. */
    record Account(KeyedRateLimit limit, Object owner, long perMinute) {

        ConsumptionProbe take(long tokens) {
            return limit.take(owner, perMinute, tokens);
        }

        void giveBack(long tokens) {
            limit.giveBack(owner, perMinute, tokens);
        }

        @Nullable
        ConsumptionProbe tryTake(long tokens) {
            return limit.tryTake(owner, perMinute, tokens);
        }

        Mono<ConsumptionProbe> takeLater(long tokens) {
            return limit.takeLater(owner, perMinute, tokens);
        }
    }
}
