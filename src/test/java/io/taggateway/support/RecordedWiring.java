package io.taggateway.support;

import graphql.schema.idl.RuntimeWiring;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/**
 * The wiring of the gateway's schema, recorded at its start. Calling its configurers again would register things twice.
 */
public final class RecordedWiring implements RuntimeWiringConfigurer {

    private RuntimeWiring.@Nullable Builder builder;

    @Override
    public void configure(RuntimeWiring.Builder started) {
        builder = started;
    }

    /** The scalars and data fetchers of all configurers. */
    public RuntimeWiring wiring() {
        return Objects.requireNonNull(builder, "The schema is not there yet").build();
    }
}
