package io.taggateway.access.limits;

import graphql.language.Field;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the fields of object types that a document selects, and their costs if these are requested. */
final class FieldCollector {

    private final GraphQLSchema schema;
    private final @Nullable Map<Field, CostliestField.FieldCost> costs;
    private final Set<FieldCoordinates> found = new HashSet<>();

    /**
     * A collector of the fields of one document.
     *
     * @param costs receives the costs of its fields; null if they are not requested
     */
    FieldCollector(GraphQLSchema schema, @Nullable Map<Field, CostliestField.FieldCost> costs) {
        this.schema = schema;
        this.costs = costs;
    }

    /** Adds a field. A field of an interface is added for each type that implements the interface. */
    void add(String name, @Nullable GraphQLType parent) {
        if (parent instanceof GraphQLInterfaceType several) {
            schema.getImplementations(several).forEach(type -> add(name, type));
        } else if (parent instanceof GraphQLObjectType type) {
            found.add(FieldCoordinates.coordinates(type, name));
        }
    }

    /** Records the cost of one field, if costs are requested, and returns its analysis. */
    OperationAnalysis keepCost(Field field, boolean paged, OperationAnalysis analysis) {
        if (costs != null) {
            costs.put(field, new CostliestField.FieldCost(analysis.cost().plus(analysis.costOfItem()), paged));
        }
        return analysis;
    }

    Set<FieldCoordinates> found() {
        return Set.copyOf(found);
    }
}
