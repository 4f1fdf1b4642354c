package io.taggateway.access.limits;

import graphql.GraphQLError;
import graphql.execution.ExecutionContext;
import graphql.execution.ResultPath;
import graphql.language.OperationDefinition.Operation;
import graphql.language.SourceLocation;
import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.api.scope.ScopeRequirement;
import io.taggateway.api.scope.ScopedSchema;
import io.taggateway.tagging.model.ForbiddenException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds non-null root fields that would be null for a caller: those that are denied, and those to which the null of a
 * denied field below them would propagate. The operation is then rejected, so that no mutation writes and then returns
 * nothing.
 */
final class RootFieldCheck {

    private final ScopedSchema scoped;
    private final Set<String> scopes;
    private final GraphQLSchema schema;
    private final ExecutableNormalizedOperation operation;

    RootFieldCheck(ScopedSchema scoped, Set<String> scopes, ExecutionContext context) {
        this.scoped = scoped;
        this.scopes = scopes;
        this.schema = context.getGraphQLSchema();
        this.operation = context.getNormalizedQueryTree().get();
    }

    List<GraphQLError> errors() {
        return operation.getTopLevelFields().stream()
                .filter(root -> GraphQLTypeUtil.isNonNull(root.getType(schema))
                        || root.getFieldName().startsWith("__"))
                .map(this::error)
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable GraphQLError error(ExecutableNormalizedField root) {
        ForbiddenException refusal =
                Stream.concat(ofArguments(root), refusals(root)).findFirst().orElse(null);
        if (refusal == null) {
            return null;
        }
        SourceLocation location = Objects.requireNonNull(Objects.requireNonNull(operation.getMergedField(root))
                .getSingleField()
                .getSourceLocation());
        return ErrorRenderer.of(refusal, ResultPath.rootPath().segment(root.getResultKey()), location);
    }

    private Stream<ForbiddenException> ofArguments(ExecutableNormalizedField root) {
        return operation.getOperation() == Operation.QUERY
                ? Stream.empty()
                : ArgumentScopeFinder.of(root.getResolvedArguments(), operation.getOperation()).stream()
                        .filter(requirement -> !requirement.isSatisfiedBy(scopes))
                        .map(requirement -> requirement.refusal(name(root)));
    }

    /** The denials of a field, and of the fields below it whose null would propagate to it. */
    private Stream<ForbiddenException> refusals(ExecutableNormalizedField field) {
        List<GraphQLFieldDefinition> definitions = field.getFieldDefinitions(schema);
        if (definitions.size() > 1) {
            // It depends on the type of an object that is not fetched yet
            return Stream.empty();
        }
        ScopeRequirement missing = scoped.missing(definitions.getFirst(), scopes);
        if (missing != null) {
            return Stream.of(missing.refusal(name(field)));
        }
        return isNonNullThroughout(definitions.getFirst().getType())
                ? field.getChildren().stream()
                        .filter(child -> child.getObjectTypeNames().size() == 1
                                && GraphQLTypeUtil.isNonNull(child.getType(schema)))
                        .flatMap(this::refusals)
                : Stream.empty();
    }

    /** Whether neither a value of this type nor an item of it may be null. */
    private static boolean isNonNullThroughout(GraphQLType type) {
        return GraphQLTypeUtil.isNonNull(type)
                && (!(GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLList list)
                        || isNonNullThroughout(list.getWrappedType()));
    }

    private static String name(ExecutableNormalizedField field) {
        return field.getObjectTypeNames().iterator().next() + "." + field.getFieldName();
    }
}
