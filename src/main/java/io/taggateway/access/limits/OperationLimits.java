package io.taggateway.access.limits;

import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.language.Document;
import graphql.language.OperationDefinition.Operation;
import graphql.parser.ParserOptions;
import graphql.parser.ParsingListener;
import graphql.schema.GraphQLSchema;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.GatewayErrors;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.VendorRequestScope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Refuses operations that ask for too much before anything is done for them, and bounds the requests that a query, or
 * one event of a subscription, may have sent to vendors. Mutations are bounded by what their inputs may have.
 */
@Component
public class OperationLimits {

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
    private final OperationLimit vendorRequests;
    private final OperationAnalyzer analyzer = new OperationAnalyzer();

    OperationLimits(LimitsProperties properties, MeterRegistry meters) {
        this.depth = new OperationLimit("depth", properties.depth(), meters);
        this.aliases = new OperationLimit("aliases", properties.aliases(), meters);
        this.rootFields = new OperationLimit("root-fields", properties.rootFields(), meters);
        this.tokens = new OperationLimit("tokens", properties.tokens(), meters);
        this.cost = new OperationLimit("cost", properties.cost(), meters);
        this.vendorRequests = new OperationLimit("vendor-requests", properties.vendorRequests(), meters);
    }

    /**
     * Counts the tokens of the document that is about to be parsed, which ends where there are too many. GraphQL Java's
     * own limit is lifted: it could not be measured only.
     */
    public InstrumentationContext<Document> countTokens(GraphQLContext context) {
        AtomicInteger count = new AtomicInteger();
        ParsingListener listener = token -> {
            if (count.incrementAndGet() > tokens.max() && tokens.isEnforced()) {
                throw new AbortExecutionException(List.of(Objects.requireNonNull(checkTokens(count.get()))));
            }
        };
        context.put(
                ParserOptions.class,
                ParserOptions.getDefaultOperationParserOptions()
                        .transform(
                                options -> options.maxTokens(Integer.MAX_VALUE).parsingListener(listener)));
        return SimpleInstrumentationContext.whenCompleted((document, error) -> checkTokens(count.get()));
    }

    /** Refuses a document that would take too long to validate: all its operations are, not only the one to be run. */
    public void checkDocument(Document document, GraphQLSchema schema) {
        long selections = analyzer.analyze(document, schema).values().stream()
                .reduce(OperationAnalysis.NOTHING, OperationAnalysis::plus)
                .selections();
        if (selections > MAX_SELECTIONS) {
            throw new AbortExecutionException(List.of(tooLong(selections)));
        }
    }

    /** Refuses an operation that is over a limit. */
    public void checkOperation(ExecutionContext context) {
        OperationAnalysis analysis =
                Objects.requireNonNull(analyzer.analyze(context.getDocument(), context.getGraphQLSchema())
                        .get(context.getOperationDefinition()));
        List<GraphQLError> errors =
                check(analysis, context.getCoercedVariables().toMap());
        if (!errors.isEmpty()) {
            throw new AbortExecutionException(errors);
        }
    }

    /** Bounds what an operation sends to vendors, and measures it at the end of a query. */
    public @Nullable InstrumentationContext<ExecutionResult> limitVendorRequests(ExecutionContext context) {
        VendorRequestScope requests = requests(context);
        Operation operation = context.getOperationDefinition().getOperation();
        if (vendorRequests.isEnforced() && operation != Operation.MUTATION) {
            requests.limitTo(vendorRequests.max());
        }
        return operation == Operation.QUERY ? measured(requests) : null;
    }

    /** Measures at its end what an event of a subscription sent to vendors. */
    public InstrumentationContext<ExecutionResult> measureEvent(ExecutionContext context) {
        return measured(requests(context));
    }

    private InstrumentationContext<ExecutionResult> measured(VendorRequestScope requests) {
        return SimpleInstrumentationContext.whenCompleted((result, error) -> vendorRequests.record(requests.needed()));
    }

    private static VendorRequestScope requests(ExecutionContext context) {
        return OperationContext.require(context.getGraphQLContext().get(OperationContext.KEY))
                .requests();
    }

    private @Nullable GraphQLError checkTokens(int count) {
        return tokens.check(
                count, ErrorCode.GRAPHQL_PARSE_FAILED, "The document has %d tokens or more, but %d is the most.");
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
