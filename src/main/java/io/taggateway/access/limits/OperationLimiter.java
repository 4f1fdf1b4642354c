package io.taggateway.access.limits;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.FieldFetchingInstrumentationContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.language.OperationDefinition.Operation;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.limits.OperationAnalysis.Amount;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.VendorRequestScope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Rejects operations that are over a limit, or have a null for a non-null type, before they are executed. It also
 * bounds the vendor requests of a query, or of one event of a subscription. Mutations are bounded by the size of their
 * inputs.
 */
@Component
public class OperationLimiter {

    private final OperationLimit depth;
    private final OperationLimit aliases;
    private final OperationLimit rootFields;
    private final OperationLimit cost;
    private final OperationLimit introspection;
    private final OperationLimit vendorRequests;
    /** The key of the operation's cost, in objects, in the GraphQL context. */
    public static final String COST = "operationCost";

    private final OperationAnalyzer analyzer;

    OperationLimiter(LimitsProperties properties, OperationAnalyzer analyzer, MeterRegistry meters) {
        this.analyzer = analyzer;
        this.introspection = new OperationLimit("introspection", properties.introspection(), meters);
        this.depth = new OperationLimit("depth", properties.depth(), meters);
        this.aliases = new OperationLimit("aliases", properties.aliases(), meters);
        this.rootFields = new OperationLimit("root-fields", properties.rootFields(), meters);
        this.cost = new OperationLimit("cost", properties.cost(), meters);
        this.vendorRequests = new OperationLimit("vendor-requests", properties.vendorRequests(), meters);
    }

    /** Rejects an operation that is over a limit, and returns the cost of any other, in objects. */
    public long checkOperation(ExecutionContext context) {
        OperationAnalysis analysis = analyzer.analyze(context);
        Map<String, Object> variables = context.getCoercedVariables().toMap();
        long objects = analysis.cost(variables);
        List<GraphQLError> errors = Stream.concat(
                        analysis.inputs().stream().map(use -> use.check(variables)),
                        check(analysis, objects, objects > cost.max() ? advice(context, variables) : ""))
                .filter(Objects::nonNull)
                .toList();
        if (!errors.isEmpty()) {
            throw new AbortExecutionException(errors);
        }
        return objects;
    }

    /** Bounds the vendor requests of an operation. At the end of a query, their number is recorded. */
    public @Nullable InstrumentationContext<ExecutionResult> limitVendorRequests(ExecutionContext context) {
        VendorRequestScope requests = requests(context);
        Operation operation = context.getOperationDefinition().getOperation();
        if (vendorRequests.isEnforced()) {
            requests.limitTo(vendorRequests.max());
        }
        return operation == Operation.QUERY ? measured(requests) : null;
    }

    /**
     * Exempts the vendor requests that a mutation's field sends for its input, so that the limit applies to the
     * selection on its payload only. Fields of a mutation are executed one after another.
     */
    public FieldFetchingInstrumentationContext exemptMutation(InstrumentationFieldFetchParameters field) {
        ExecutionContext context = field.getExecutionContext();
        if (context.getOperationDefinition().getOperation() != Operation.MUTATION
                || field.getExecutionStepInfo().getPath().getLevel() != 1) {
            return FieldFetchingInstrumentationContext.NOOP;
        }
        VendorRequestScope requests = requests(context);
        requests.exempt(true);
        return FieldFetchingInstrumentationContext.adapter(
                SimpleInstrumentationContext.whenCompleted((result, error) -> requests.exempt(false)));
    }

    /** Records the number of vendor requests of a subscription's event at its end. */
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

    private String advice(ExecutionContext context, Map<String, Object> variables) {
        String field = analyzer.costliestField(context, variables);
        return field == null ? "" : " Give `" + field + "` a smaller page size, or select less in it.";
    }

    private Stream<@Nullable GraphQLError> check(OperationAnalysis analysis, long objects, String advice) {
        return Stream.of(
                depth.check(
                        analysis.depth(),
                        ErrorCode.MAX_DEPTH_LIMIT,
                        "The operation is %d fields deep, but the maximum is %d."),
                aliases.check(
                        analysis.aliases(),
                        ErrorCode.MAX_ALIASES_LIMIT,
                        "The operation has %d aliases, but the maximum is %d."),
                rootFields.check(
                        analysis.rootFields(),
                        ErrorCode.MAX_ROOT_FIELDS_LIMIT,
                        "The operation has %d fields at its root, but the maximum is %d."),
                cost.check(
                        objects,
                        ErrorCode.COST_ESTIMATED_TOO_EXPENSIVE,
                        "The operation may cost %d, but the maximum is %d." + advice),
                introspection.check(
                        analysis.schemaCost() / Amount.OBJECT,
                        ErrorCode.COST_ESTIMATED_TOO_EXPENSIVE,
                        "The introspection may cost %d, but the maximum is %d."));
    }
}
