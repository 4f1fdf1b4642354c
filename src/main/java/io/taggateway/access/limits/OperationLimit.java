package io.taggateway.access.limits;

import graphql.GraphQLError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.limits.LimitsProperties.Limit;
import io.taggateway.access.limits.LimitsProperties.LimitMode;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import org.jspecify.annotations.Nullable;

/** One configured limit, with a metric of the measured values and a counter of operations over the limit. */
final class OperationLimit {

    private final Limit setting;
    private final DistributionSummary measured;
    private final Counter exceeded;

    OperationLimit(String name, Limit setting, MeterRegistry registry) {
        this.setting = setting;
        this.measured = DistributionSummary.builder("taggateway.limit.measured")
                .description("Measured values of operations, by limit")
                .tag("limit", name)
                .register(registry);
        this.exceeded = Counter.builder("taggateway.limit.exceeded")
                .description("Operations over a limit")
                .tag("limit", name)
                .tag("outcome", isEnforced() ? "refused" : "measured")
                .register(registry);
    }

    boolean isEnforced() {
        return setting.mode() == LimitMode.ENFORCE;
    }

    int max() {
        return setting.max();
    }

    /** Records the value of one operation and returns whether it is over the limit. */
    boolean record(long amount) {
        if (setting.mode() == LimitMode.OFF) {
            return false;
        }
        measured.record((double) amount);
        boolean over = amount > setting.max();
        if (over) {
            exceeded.increment();
        }
        return over;
    }

    /**
     * Records the value of one operation and returns the error if the operation is rejected.
     *
     * @param message the format of the message, with a placeholder for the value and one for the limit
     */
    @Nullable
    GraphQLError check(long amount, ErrorCode code, String message) {
        return record(amount) && isEnforced()
                ? ErrorRenderer.of(code, message.formatted(amount, setting.max()), false)
                : null;
    }
}
