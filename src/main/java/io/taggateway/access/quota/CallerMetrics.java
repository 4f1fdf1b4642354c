package io.taggateway.access.quota;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.taggateway.access.security.ApiKeyRegistry;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.Caller;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures the operations of each caller. All callers with API keys and the first callers with tokens, up to a maximum,
 * have meters of their own; the others share one.
 */
final class CallerMetrics {

    /** The number of callers with tokens that have meters of their own. */
    static final int MAX_TOKEN_CALLERS = 100;

    private static final Label OTHERS = new Label("(others)", "(others)");

    private final Map<Label, CallerMeters> known = new ConcurrentHashMap<>();
    private final ApiKeyRegistry keys;
    private final MeterRegistry meters;

    CallerMetrics(ApiKeyRegistry keys, MeterRegistry meters) {
        this.keys = keys;
        this.meters = meters;
    }

    /** The meters of a caller; null if callers do not authenticate. Threads may add a few more than the maximum. */
    @Nullable
    CallerMeters of(Caller caller) {
        if (caller.equals(Caller.ANYONE)) {
            return null;
        }
        Label label = new Label(Objects.requireNonNullElse(caller.tenant(), Tenant.DEFAULT.name()), caller.name());
        CallerMeters found = known.get(label);
        if (found != null) {
            return found;
        }
        boolean own = keys.hasName(caller.name()) || known.size() < MAX_TOKEN_CALLERS;
        return known.computeIfAbsent(own ? label : OTHERS, this::register);
    }

    private CallerMeters register(Label label) {
        Tags tags = Tags.of("tenant", label.tenant, "caller", label.caller);
        return new CallerMeters(
                Timer.builder("taggateway.caller.operations")
                        .description("Operations that were executed for a caller")
                        .tags(tags)
                        .register(meters),
                Counter.builder("taggateway.caller.repeated")
                        .description("Responses that were sent to a caller without execution")
                        .tags(tags)
                        .register(meters),
                Counter.builder("taggateway.caller.cost")
                        .description("Sum of the costs of a caller's operations and responses, in objects")
                        .tags(tags)
                        .register(meters));
    }

    /** The tags of one caller. */
    private record Label(String tenant, String caller) {}

    /** The meters of one caller. */
    record CallerMeters(Timer operations, Counter repeated, Counter cost) {}
}
