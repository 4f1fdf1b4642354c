package io.taggateway.access;

import graphql.GraphQLContext;
import graphql.language.Document;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLSchema;
import io.taggateway.access.limits.OperationAnalyzer;
import java.util.Collections;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.util.function.SingletonSupplier;

/**
 * Creates the data loaders of an operation only if its document has a field that is loaded in batches: the engine
 * tracks every field of an operation that has data loaders.
 */
final class DataLoaderProvider {

    private final BatchLoaderRegistry loaders;
    private final OperationAnalyzer analyzer;

    /** Controllers register their loaders while the schema is built. */
    private final Supplier<Set<FieldCoordinates>> batched;

    DataLoaderProvider(BatchLoaderRegistry loaders, OperationAnalyzer analyzer) {
        this.loaders = loaders;
        this.analyzer = analyzer;
        this.batched = SingletonSupplier.of(() -> create(GraphQLContext.getDefault()).getKeys().stream()
                .map(DataLoaderProvider::coordinates)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Returns the data loaders of an operation; null if it needs none. */
    @Nullable
    DataLoaderRegistry find(Document document, GraphQLSchema schema, GraphQLContext context) {
        return Collections.disjoint(batched.get(), analyzer.fields(document, schema)) ? null : create(context);
    }

    private DataLoaderRegistry create(GraphQLContext context) {
        DataLoaderRegistry registry = new DataLoaderRegistry();
        loaders.registerDataLoaders(registry, context);
        return registry;
    }

    /** Spring names a loader by type and field. */
    private static FieldCoordinates coordinates(String key) {
        int dot = key.indexOf('.');
        return FieldCoordinates.coordinates(key.substring(0, dot), key.substring(dot + 1));
    }
}
