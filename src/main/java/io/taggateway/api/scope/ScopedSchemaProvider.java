package io.taggateway.api.scope;

import graphql.schema.GraphQLSchema;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Caches the scopes of the schema. A process has one schema. */
@Component
public class ScopedSchemaProvider {

    private volatile @Nullable ScopedSchema known;

    /** The scopes that a schema requires. */
    public ScopedSchema of(GraphQLSchema schema) {
        ScopedSchema last = known;
        if (last == null || !last.isOf(schema)) {
            last = new ScopedSchema(schema);
            known = last;
        }
        return last;
    }
}
