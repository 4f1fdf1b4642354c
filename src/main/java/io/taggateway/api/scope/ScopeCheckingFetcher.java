package io.taggateway.api.scope;

import graphql.GraphQLError;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedType;
import io.taggateway.api.error.ErrorRenderer;
import io.taggateway.tagging.model.ForbiddenException;
import io.taggateway.tagging.operation.OperationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a field if the caller has its scopes, and then removes objects whose type requires a scope that the caller
 * lacks.
 */
final class ScopeCheckingFetcher implements DataFetcher<@Nullable Object> {

    private final DataFetcher<?> fetcher;
    private final FieldScopeRequirement field;
    private final ScopedSchema schema;

    ScopeCheckingFetcher(DataFetcher<?> fetcher, FieldScopeRequirement field, ScopedSchema schema) {
        this.fetcher = fetcher;
        this.field = field;
        this.schema = schema;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        Set<String> scopes = OperationContext.require(
                        environment.getGraphQlContext().get(OperationContext.KEY))
                .origin()
                .caller()
                .scopes();
        ScopeRequirement missing = field.missing(scopes);
        if (missing != null) {
            return denied(missing, environment);
        }
        Object fetched = fetcher.get(environment);
        if (!field.dependsOnType()) {
            return fetched;
        }
        return fetched instanceof CompletionStage<?> pending
                ? pending.thenApply(value -> new CheckedResult(scopes, environment).of(value))
                : new CheckedResult(scopes, environment).of(fetched);
    }

    private static DataFetcherResult<?> denied(ScopeRequirement requirement, DataFetchingEnvironment environment) {
        ForbiddenException refusal = requirement.refusal(name(environment));
        return DataFetcherResult.newResult()
                .error(ErrorRenderer.of(refusal, environment))
                .build();
    }

    private static String name(DataFetchingEnvironment environment) {
        return ((GraphQLNamedType) environment.getParentType()).getName() + "."
                + environment.getFieldDefinition().getName();
    }

    /** The fetched value, without objects of denied types. */
    private final class CheckedResult {

        private final Set<String> scopes;
        private final DataFetchingEnvironment environment;
        private final List<GraphQLError> errors = new ArrayList<>();

        CheckedResult(Set<String> scopes, DataFetchingEnvironment environment) {
            this.scopes = scopes;
            this.environment = environment;
        }

        @Nullable
        Object of(@Nullable Object fetched) {
            DataFetcherResult<?> result = fetched instanceof DataFetcherResult<?> known
                    ? known
                    : DataFetcherResult.newResult().data(fetched).build();
            Object data = result.getData() instanceof List<?> list ? list(list) : single(result.getData());
            errors.addAll(0, result.getErrors());
            return DataFetcherResult.newResult()
                    .data(data)
                    .errors(errors)
                    .localContext(result.getLocalContext())
                    .build();
        }

        private List<@Nullable Object> list(List<?> list) {
            List<@Nullable Object> allowed = new ArrayList<>();
            for (Object object : list) {
                ForbiddenException refusal = refusal(object);
                if (refusal != null) {
                    errors.add(ErrorRenderer.ofElement(refusal, environment, allowed.size()));
                }
                allowed.add(refusal == null ? object : null);
            }
            return allowed;
        }

        private @Nullable Object single(@Nullable Object object) {
            ForbiddenException refusal = refusal(object);
            if (refusal != null) {
                errors.add(ErrorRenderer.of(refusal, environment));
            }
            return refusal == null ? object : null;
        }

        /** The type of an object has the name of its class. */
        private @Nullable ForbiddenException refusal(@Nullable Object object) {
            if (object == null) {
                return null;
            }
            String type = object.getClass().getSimpleName();
            ScopeRequirement missing = schema.missingOfType(type, scopes);
            return missing == null ? null : missing.refusal(type);
        }
    }
}
