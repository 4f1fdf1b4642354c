package io.taggateway.access.limits;

import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the fields of object types that a document selects. */
final class FieldCollector {

    private final GraphQLSchema schema;
    private final Set<FieldCoordinates> found = new HashSet<>();

    FieldCollector(GraphQLSchema schema) {
        this.schema = schema;
    }

    /** Adds a field. A field of an interface is added for each type that implements the interface. */
    void add(String name, @Nullable GraphQLType parent) {
        if (parent instanceof GraphQLInterfaceType several) {
            schema.getImplementations(several).forEach(type -> add(name, type));
        } else if (parent instanceof GraphQLObjectType type) {
            found.add(FieldCoordinates.coordinates(type, name));
        }
    }

    Set<FieldCoordinates> found() {
        return Set.copyOf(found);
    }
}
