package io.taggateway.access.limits;

import graphql.GraphQLError;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.api.error.GatewayErrors;
import org.jspecify.annotations.Nullable;

/** One limit as it is set, with what operators see of it. */
final class MeasuredLimit {

    private final Limit limit;
    private final LimitProperties settings;
    private final LimitMeters meters;

    MeasuredLimit(Limit limit, LimitProperties settings, MeterRegistry registry) {
        this.limit = limit;
        this.settings = settings;
        this.meters = new LimitMeters(limit.word(), settings, registry);
    }

    boolean isOn() {
        return settings.mode() != LimitMode.OFF;
    }

    boolean isEnforced() {
        return settings.mode() == LimitMode.ENFORCE;
    }

    int max() {
        return settings.max();
    }

    /** Records what an operation has, and answers why it is refused; null where it is not. */
    @Nullable
    GraphQLError refuse(long measured) {
        return meters.record(measured) && isEnforced()
                ? GatewayErrors.of(limit.code(), limit.message(measured, settings.max()), false)
                : null;
    }
}
