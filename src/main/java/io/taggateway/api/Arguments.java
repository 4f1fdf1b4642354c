package io.taggateway.api;

import graphql.schema.DataFetchingEnvironment;
import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.paging.PageArguments;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the arguments that many fields have. */
final class Arguments {

    private Arguments() {}

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

    /** A filter, or the one that leaves everything where none is given. */
    static <T> T orAll(@Nullable T filter, T all) {
        return Objects.requireNonNullElse(filter, all);
    }
}
