package io.taggateway.access;

import graphql.execution.ExecutionContext;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.observation.DefaultExecutionRequestObservationConvention;
import org.springframework.graphql.observation.ExecutionRequestObservationContext;

/**
 * Adds the name of the operation to Spring's measurement of operations. As callers choose the names, only the first
 * ones, up to a maximum, have measurements of their own.
 */
final class OperationObservationConvention extends DefaultExecutionRequestObservationConvention {

    private static final String KEY = "graphql.operation.name";

    private static final KeyValue UNNAMED = KeyValue.of(KEY, "(unnamed)");

    private static final KeyValue OTHERS = KeyValue.of(KEY, "(others)");

    private final int max;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    OperationObservationConvention(int max) {
        this.max = max;
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(ExecutionRequestObservationContext context) {
        return super.getLowCardinalityKeyValues(context).and(boundedName(name(context)));
    }

    /** Traces contain every name. */
    @Override
    protected KeyValue operationName(ExecutionRequestObservationContext context) {
        String name = name(context);
        return name == null ? UNNAMED : KeyValue.of(KEY, name);
    }

    private static @Nullable String name(ExecutionRequestObservationContext context) {
        ExecutionContext execution = context.getExecutionContext();
        return execution == null ? null : execution.getOperationDefinition().getName();
    }

    /** Threads may add a few names more than the maximum. */
    private KeyValue boundedName(@Nullable String name) {
        if (name == null) {
            return UNNAMED;
        }
        boolean known = names.contains(name) || (names.size() < max && names.add(name));
        return known ? KeyValue.of(KEY, name) : OTHERS;
    }
}
