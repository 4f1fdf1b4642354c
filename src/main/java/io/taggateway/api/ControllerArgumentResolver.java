package io.taggateway.api;

import graphql.schema.DataFetchingEnvironment;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.paging.PageArguments;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.graphql.data.method.HandlerMethodArgumentResolver;
import org.springframework.stereotype.Component;

/** Reads the arguments that many controller methods have, and resolves the directory of the operation. */
@Component
class ControllerArgumentResolver implements HandlerMethodArgumentResolver {

    /**
     * Relay's arguments for one page.
     *
     * @throws BadInputException if they are out of range
     */
    static PageArguments page(DataFetchingEnvironment environment) {
        return new PageArguments(
                environment.getArgument("first"),
                environment.getArgument("after"),
                environment.getArgument("last"),
                environment.getArgument("before"));
    }

    /** A filter, or one that matches everything if none is given. */
    static <T> T orAll(@Nullable T filter, T all) {
        return Objects.requireNonNullElse(filter, all);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == VendorDirectory.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, DataFetchingEnvironment environment) {
        return OperationContext.require(environment.getGraphQlContext().get(OperationContext.KEY))
                .directory(VendorDirectory.class);
    }
}
