package io.taggateway.access.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/** What operators see of one limit: what operations have of what it limits, and how many are over it. */
final class LimitMeters {

    private final LimitProperties settings;
    private final DistributionSummary measured;
    private final Counter exceeded;

    LimitMeters(String limit, LimitProperties settings, MeterRegistry registry) {
        this.settings = settings;
        this.measured = DistributionSummary.builder("taggateway.limit.measured")
                .description("What operations have of what is limited")
                .tag("limit", limit)
                .register(registry);
        this.exceeded = Counter.builder("taggateway.limit.exceeded")
                .description("Operations over a limit")
                .tag("limit", limit)
                .tag("outcome", settings.mode() == LimitMode.ENFORCE ? "refused" : "measured")
                .register(registry);
    }

    /** Records what one operation has, and answers whether it is over the limit. */
    boolean record(long amount) {
        if (settings.mode() == LimitMode.OFF) {
            return false;
        }
        measured.record((double) amount);
        boolean over = amount > settings.max();
        if (over) {
            exceeded.increment();
        }
        return over;
    }
}
