package io.taggateway.api.schema;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.dataloader.Try;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;

/**
 * A controller's method with the data type of its {@link DataFetcherResult} as return type. Otherwise, the inspection
 * of the schema would look for a connection's fields in {@link DataFetcherResult}.
 */
@SuppressWarnings("rawtypes")
record InspectedFetcher(SelfDescribingDataFetcher<?> fetcher) implements SelfDescribingDataFetcher<Object> {

    static Map<String, Map<String, DataFetcher>> all(Map<String, Map<String, DataFetcher>> fetchers) {
        Map<String, Map<String, DataFetcher>> inspected = new HashMap<>();
        fetchers.forEach((type, fields) -> {
            Map<String, DataFetcher> seen = new HashMap<>();
            fields.forEach((field, fetcher) -> seen.put(
                    field,
                    fetcher instanceof SelfDescribingDataFetcher<?> described
                            ? new InspectedFetcher(described)
                            : fetcher));
            inspected.put(type, seen);
        });
        return inspected;
    }

    @Override
    public String getDescription() {
        return fetcher.getDescription();
    }

    @Override
    public ResolvableType getReturnType() {
        ResolvableType type = fetcher.getReturnType();
        ResolvableType awaited = type.getGeneric(0);
        return awaited.resolve() == DataFetcherResult.class || awaited.resolve() == Try.class
                ? awaited.getGeneric(0)
                : type;
    }

    @Override
    public Map<String, ResolvableType> getArguments() {
        return fetcher.getArguments();
    }

    @Override
    public @Nullable Method asMethod() {
        return fetcher.asMethod();
    }

    @Override
    public boolean usesDataLoader() {
        return fetcher.usesDataLoader();
    }

    @Override
    public Object get(DataFetchingEnvironment environment) {
        throw new IllegalStateException("An inspection fetches nothing");
    }
}
