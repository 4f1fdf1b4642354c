package io.taggateway.access.limits;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.validation.ValidationError;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.GatewayErrors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses operations that ask for too much before anything is done for them. */
@Component
class OperationLimits extends SimplePerformantInstrumentation {

    /**
     * What the engine may be given to validate, as its time grows with what fragments amount to when written out: more
     * than any person or tool writes, and less than takes a second.
     */
    private static final int MAX_SELECTIONS = 20_000;

    private final MeasuredLimit depth;
    private final MeasuredLimit aliases;
    private final MeasuredLimit rootFields;
    private final MeasuredLimit tokens;
    private final MeasuredLimit cost;

    OperationLimits(LimitsProperties properties, MeterRegistry meters) {
        this.depth = new MeasuredLimit(Limit.DEPTH, properties.depth(), meters);
        this.aliases = new MeasuredLimit(Limit.ALIASES, properties.aliases(), meters);
        this.rootFields = new MeasuredLimit(Limit.ROOT_FIELDS, properties.rootFields(), meters);
        this.tokens = new MeasuredLimit(Limit.TOKENS, properties.tokens(), meters);
        this.cost = new MeasuredLimit(Limit.COST, properties.cost(), meters);
    }

    @Override
    public @Nullable InstrumentationContext<Document> beginParse(
            InstrumentationExecutionParameters parameters, InstrumentationState state) {
        TokenCount count = TokenCount.listeningIn(parameters.getGraphQLContext(), tokens);
        return SimpleInstrumentationContext.whenCompleted((document, error) -> count.finish());
    }

    /** All operations of a document are validated, not only the one that is to be run. */
    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters parameters, InstrumentationState state) {
        Document document = parameters.getDocument();
        Map<String, FragmentDefinition> fragments = document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .collect(Collectors.toMap(FragmentDefinition::getName, Function.identity(), (first, second) -> first));
        OperationWeigher weigher = new OperationWeigher(parameters.getSchema(), fragments, Map.of());
        long selections = document.getDefinitionsOfType(OperationDefinition.class).stream()
                .map(weigher::weigh)
                .reduce(Weight.NONE, Weight::plus)
                .selections();
        if (selections > MAX_SELECTIONS) {
            throw new AbortExecutionException(List.of(tooLong(selections)));
        }
        return null;
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        ExecutionContext context = parameters.getExecutionContext();
        Weight weight = new OperationWeigher(
                        context.getGraphQLSchema(),
                        context.getFragmentsByName(),
                        context.getCoercedVariables().toMap())
                .weigh(context.getOperationDefinition());
        List<GraphQLError> errors = Stream.of(
                        depth.refuse(weight.depth()),
                        aliases.refuse(weight.aliases()),
                        rootFields.refuse(weight.width()),
                        cost.refuse(weight.cost()))
                .filter(Objects::nonNull)
                .toList();
        if (!errors.isEmpty()) {
            throw new AbortExecutionException(errors);
        }
        return null;
    }

    private static GraphQLError tooLong(long selections) {
        return GatewayErrors.of(
                ErrorCode.COST_ESTIMATED_TOO_EXPENSIVE,
                "The document has %s fields with its fragments written out, but %s is the most."
                        .formatted(selections, MAX_SELECTIONS),
                false);
    }
}
