package io.taggateway.support;

import graphql.schema.idl.RuntimeWiring;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/**
 * How the gateway's schema is wired, recorded at its start; asking its configurers again would register things twice.
 */
public final class RecordedWiring implements RuntimeWiringConfigurer {

    private RuntimeWiring.@Nullable Builder builder;

    @Override
    public void configure(RuntimeWiring.Builder started) {
        builder = started;
    }

    /** The scalars and fetchers, as all configurers together have set them. */
    public RuntimeWiring wiring() {
        return Objects.requireNonNull(builder, "The schema is not there yet").build();
    }
}
