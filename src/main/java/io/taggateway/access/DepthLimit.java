package io.taggateway.access;

import graphql.ExecutionResult;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Refuses operations that are nested too deeply before anything is done for them. Introspection is nested deeply by
 * nature and costs no vendor anything, so it passes.
 */
@Component
class DepthLimit extends MaxQueryDepthInstrumentation {

    private static final String CODE = "MAX_DEPTH_LIMIT";

    DepthLimit(RequestProperties properties) {
        super(properties.maxDepth());
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        OperationDefinition operation = parameters.getExecutionContext().getOperationDefinition();
        boolean introspection =
                operation.getSelectionSet().getSelections().stream().allMatch(DepthLimit::isIntrospection);
        return introspection ? null : super.beginExecuteOperation(parameters, state);
    }

    @Override
    protected AbortExecutionException mkAbortException(int depth, int maxDepth) {
        return new TooDeep("The operation is " + depth + " fields deep, but " + maxDepth + " is the most.");
    }

    private static boolean isIntrospection(Selection<?> selection) {
        return selection instanceof Field field && field.getName().startsWith("__");
    }

    /** An operation that is nested too deeply, with the code that tells callers so. */
    private static final class TooDeep extends AbortExecutionException {

        private static final long serialVersionUID = 1L;

        TooDeep(String message) {
            super(message);
        }

        @Override
        public Map<String, Object> getExtensions() {
            return Map.of("code", CODE, "retryable", false);
        }
    }
}
