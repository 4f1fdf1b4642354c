package io.taggateway.access.limits;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import io.taggateway.access.limits.OperationAnalysis.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the field that a caller should bound if an operation costs too much: the last field with a page size on the
 * path of the costliest fields.
 */
final class CostliestField {

    private final Document document;
    private final Map<String, Object> variables;
    private final Map<Field, FieldCost> costs = new HashMap<>();

    CostliestField(Document document, Map<String, Object> variables) {
        this.document = document;
        this.variables = variables;
    }

    /** The key of the costs of fields in the analysis of the document. */
    Map<Field, FieldCost> costs() {
        return costs;
    }

    /** The response keys from the root to the field, with dots; null if no field has a page size. */
    @Nullable
    String path(OperationDefinition operation) {
        List<String> keys = new ArrayList<>();
        String bounded = null;
        SelectionSet selections = operation.getSelectionSet();
        while (selections != null) {
            Field costliest = fields(selections, new HashSet<>())
                    .max(Comparator.comparingLong(field -> cost(field).amount().with(variables)))
                    .orElse(null);
            if (costliest == null) {
                break;
            }
            keys.add(costliest.getResultKey());
            bounded = cost(costliest).paged() ? String.join(".", keys) : bounded;
            selections = costliest.getSelectionSet();
        }
        return bounded;
    }

    /** The fields with a cost; those of each fragment once, as fragments can be spread many times. */
    private Stream<Field> fields(SelectionSet set, Set<String> spread) {
        return set.getSelections().stream().flatMap(selection -> fields(selection, spread));
    }

    private Stream<Field> fields(Selection<?> selection, Set<String> spread) {
        return switch (selection) {
            case Field field -> Stream.of(field).filter(costs::containsKey);
            case InlineFragment inline -> fields(inline.getSelectionSet(), spread);
            case FragmentSpread named
            when spread.add(named.getName()) ->
                document.getDefinitionsOfType(FragmentDefinition.class).stream()
                        .filter(fragment -> fragment.getName().equals(named.getName()))
                        .flatMap(fragment -> fields(fragment.getSelectionSet(), spread));
            default -> Stream.empty();
        };
    }

    private FieldCost cost(Field field) {
        return costs.getOrDefault(field, FieldCost.NONE);
    }

    /**
     * The cost of a field with its selection.
     *
     * @param paged whether the field has a page size
     */
    record FieldCost(Amount amount, boolean paged) {

        private static final FieldCost NONE = new FieldCost(Amount.NONE, false);
    }
}
