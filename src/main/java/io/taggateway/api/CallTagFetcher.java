package io.taggateway.api;

import graphql.GraphQLContext;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.taggateway.tagging.call.CallService;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.OperationContext;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.graphql.execution.ContextPropagationHelper;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;

/**
 * Fetches the tags of a call. This is not a controller method, as Spring propagates the context before each call of
 * such a method. This costs more than all other work for a call that the vendor sends with its tags.
 */
final class CallTagFetcher implements TrivialDataFetcher<Object>, SelfDescribingDataFetcher<Object> {

    private final CallService calls;

    CallTagFetcher(CallService calls) {
        this.calls = calls;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        Call call = Objects.requireNonNull(environment.getSource());
        return call.embeddedTags() == null ? read(call, environment.getGraphQlContext()) : call.embeddedTags();
    }

    @Override
    public String getDescription() {
        return "Tags of a call";
    }

    @Override
    public ResolvableType getReturnType() {
        return ResolvableType.forClassWithGenerics(List.class, Tag.class);
    }

    /** Reads the tags in the context of the operation, as Spring does for controller methods. */
    private Object read(Call call, GraphQLContext context) {
        VendorDirectory directory =
                OperationContext.require(context.get(OperationContext.KEY)).directory(VendorDirectory.class);
        return calls.tags(directory, call)
                .contextWrite(ContextPropagationHelper.captureFrom(context)::updateContext)
                .toFuture();
    }
}
