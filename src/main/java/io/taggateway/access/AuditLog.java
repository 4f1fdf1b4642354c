package io.taggateway.access;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.language.OperationDefinition.Operation;
import graphql.normalized.ExecutableNormalizedField;
import io.taggateway.tagging.operation.OperationContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each mutation to the logger {@code audit}: the caller, the fields with their ids, and the outcome.
 */
final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("audit");

    /**
     * The maximum number of ids in a line. The first ones are sufficient to find the others in the vendor's own log.
     */
    private static final int MAX_IDS = 20;

    private static final Pattern ID_MEMBER = Pattern.compile("(?i)ids?|.*Ids?");
    private static final Pattern ID = Pattern.compile("[\\w:.~%-]{1,600}");

    private AuditLog() {}

    /** Records a mutation after its execution; null for any other operation. */
    static @Nullable InstrumentationContext<ExecutionResult> begin(ExecutionContext execution) {
        return execution.getOperationDefinition().getOperation() == Operation.MUTATION
                ? SimpleInstrumentationContext.whenCompleted((result, error) -> write(execution, result, error))
                : null;
    }

    private static void write(ExecutionContext execution, @Nullable ExecutionResult result, @Nullable Throwable error) {
        OperationContext operation =
                OperationContext.require(execution.getGraphQLContext().get(OperationContext.KEY));
        // With fragments and variables resolved
        List<ExecutableNormalizedField> fields =
                execution.getNormalizedQueryTree().get().getTopLevelFields();
        LOG.info(
                "Mutation: caller={} tenant={} operation={} fields={} ids={} outcome={} requestId={}",
                quoted(operation.origin().caller().name()),
                quoted(Objects.requireNonNullElse(operation.origin().caller().tenant(), "default")),
                Objects.requireNonNullElse(execution.getOperationDefinition().getName(), "-"),
                fields.stream().map(ExecutableNormalizedField::getName).toList(),
                fields.stream()
                        .flatMap(field -> ids("", field.getResolvedArguments()))
                        .distinct()
                        .limit(MAX_IDS)
                        .toList(),
                execution.getExecutionInput().isCancelled() ? "cancelled" : outcome(result, error),
                operation.requestId());
    }

    /** Names of callers come from the issuer of their tokens and may contain any characters. */
    private static String quoted(String name) {
        return "\"" + name.replaceAll("[^\\w.:@/+=-]", "_") + "\"";
    }

    /** The values of input fields such as {@code id} and {@code subjectIds}. Other values may be secret. */
    private static Stream<String> ids(String name, @Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object ->
                object.entrySet().stream().flatMap(member -> ids(String.valueOf(member.getKey()), member.getValue()));
            case Collection<?> list -> list.stream().flatMap(each -> ids(name, each));
            case String text
            when ID_MEMBER.matcher(name).matches() && ID.matcher(text).matches() -> Stream.of(text);
            case null, default -> Stream.empty();
        };
    }

    private static String outcome(@Nullable ExecutionResult result, @Nullable Throwable error) {
        if (result == null || error != null) {
            return "failed";
        }
        List<String> codes =
                result.getErrors().stream().map(AuditLog::code).distinct().toList();
        return codes.isEmpty() ? "executed" : "errors" + codes;
    }

    private static String code(GraphQLError error) {
        return error.getExtensions() == null
                ? "-"
                : String.valueOf(error.getExtensions().getOrDefault("code", "-"));
    }
}
