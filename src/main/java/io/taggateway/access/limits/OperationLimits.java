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
import graphql.validation.ValidationError;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.GatewayErrors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses operations that ask for too much before anything is done for them. */
@Component
class OperationLimits extends SimplePerformantInstrumentation {

    /**
     * What the engine may be given to validate: more than any person or tool writes, and less than takes a second. Its
     * time grows with the number of different sets of fields that meet under one name, of which fragments make any
     * number (graphql-java 25.1: 7 s for a document of 3,697 tokens).
     */
    private static final int MAX_SELECTIONS = 20_000;

    private final OperationLimit depth;
    private final OperationLimit aliases;
    private final OperationLimit rootFields;
    private final OperationLimit tokens;
    private final OperationLimit cost;
    private final OperationAnalyzer analyzer = new OperationAnalyzer();

    OperationLimits(LimitsProperties properties, MeterRegistry meters) {
        this.depth = new OperationLimit("depth", properties.depth(), meters);
        this.aliases = new OperationLimit("aliases", properties.aliases(), meters);
        this.rootFields = new OperationLimit("root-fields", properties.rootFields(), meters);
        this.tokens = new OperationLimit("tokens", properties.tokens(), meters);
        this.cost = new OperationLimit("cost", properties.cost(), meters);
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
        long selections = analyzer.analyze(parameters.getDocument(), parameters.getSchema()).values().stream()
                .reduce(OperationAnalysis.NOTHING, OperationAnalysis::plus)
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
        OperationAnalysis analysis =
                Objects.requireNonNull(analyzer.analyze(context.getDocument(), context.getGraphQLSchema())
                        .get(context.getOperationDefinition()));
        List<GraphQLError> errors =
                check(analysis, context.getCoercedVariables().toMap());
        if (!errors.isEmpty()) {
            throw new AbortExecutionException(errors);
        }
        return null;
    }

    private List<GraphQLError> check(OperationAnalysis analysis, Map<String, Object> variables) {
        return Stream.of(
                        depth.check(
                                analysis.depth(),
                                ErrorCode.MAX_DEPTH_LIMIT,
                                "The operation is %d fields deep, but %d is the most."),
                        aliases.check(
                                analysis.aliases(),
                                ErrorCode.MAX_ALIASES_LIMIT,
                                "The operation has %d aliases, but %d is the most."),
                        rootFields.check(
                                analysis.rootFields(),
                                ErrorCode.MAX_ROOT_FIELDS_LIMIT,
                                "The operation has %d fields at its root, but %d is the most."),
                        cost.check(
                                analysis.cost().with(variables),
                                ErrorCode.COST_ESTIMATED_TOO_EXPENSIVE,
                                "The operation may cost %d, but %d is the most."))
                .filter(Objects::nonNull)
                .toList();
    }

    private static GraphQLError tooLong(long selections) {
        return GatewayErrors.of(
                ErrorCode.COST_ESTIMATED_TOO_EXPENSIVE,
                "The document has %s fields with its fragments written out, but %s is the most."
                        .formatted(selections, MAX_SELECTIONS),
                false);
    }
}
