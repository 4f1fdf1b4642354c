package io.taggateway.api;

import graphql.schema.DataFetchingEnvironment;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.operation.OperationContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.graphql.data.method.HandlerMethodArgumentResolver;
import org.springframework.stereotype.Component;

/** Gives controllers the vendors of the operation that they serve. */
@Component
class VendorDirectoryArgumentResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == VendorDirectory.class;
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, DataFetchingEnvironment environment) {
        return OperationContext.require(environment.getGraphQlContext().get(OperationContext.KEY))
                .directory(VendorDirectory.class);
    }
}
