package io.taggateway.access.limits;

import graphql.Directives;
import graphql.execution.AbortExecutionException;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Validates that the root field of a subscription has neither {@code @skip} nor {@code @include}, as the GraphQL
 * specification requires. GraphQL Java does not validate this, and fails when the only field is skipped.
 */
public final class SubscriptionRootRule {

    private SubscriptionRootRule() {}

    /** Rejects a document with such a subscription. Fragments must not spread themselves. */
    public static void check(Document document) {
        document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(operation -> operation.getOperation() == Operation.SUBSCRIPTION)
                .flatMap(operation -> conditions(operation.getSelectionSet(), document))
                .findFirst()
                .ifPresent(place -> {
                    throw new AbortExecutionException(List.of(ErrorRenderer.at(
                            place,
                            ErrorCode.GRAPHQL_VALIDATION_FAILED,
                            "The root field of a subscription can have neither `@skip` nor `@include`.")));
                });
    }

    private static Stream<SourceLocation> conditions(SelectionSet root, Document document) {
        return root.getSelections().stream().flatMap(selection -> {
            if (selection instanceof DirectivesContainer<?> node && isConditional(node)) {
                return Stream.of(Objects.requireNonNullElse(selection.getSourceLocation(), SourceLocation.EMPTY));
            }
            return switch (selection) {
                case InlineFragment inline -> conditions(inline.getSelectionSet(), document);
                case FragmentSpread spread ->
                    document.getDefinitionsOfType(FragmentDefinition.class).stream()
                            .filter(fragment -> fragment.getName().equals(spread.getName()))
                            .limit(1)
                            .flatMap(fragment -> conditions(fragment.getSelectionSet(), document));
                default -> Stream.empty();
            };
        });
    }

    private static boolean isConditional(DirectivesContainer<?> node) {
        return node.hasDirective(Directives.SkipDirective.getName())
                || node.hasDirective(Directives.IncludeDirective.getName());
    }
}
