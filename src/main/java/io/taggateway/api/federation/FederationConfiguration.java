package io.taggateway.api.federation;

import com.apollographql.federation.graphqljava.Federation;
import com.apollographql.federation.graphqljava._Service;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLSchema;
import io.taggateway.api.error.ErrorCode;
import io.taggateway.api.error.ErrorRenderer;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.ClassNameTypeResolver;
import org.springframework.util.function.SingletonSupplier;

/** Adds the fields of Apollo Federation to the schema. */
@Configuration(proxyBeanMethods = false)
class FederationConfiguration {

    private static final FieldCoordinates SERVICE = FieldCoordinates.coordinates("Query", _Service.fieldName);
    private static final FieldCoordinates SDL = FieldCoordinates.coordinates(_Service.typeName, "sdl");

    @Bean
    GraphQlSourceBuilderCustomizer federation(
            EntitiesFetcher entities,
            FederationProperties properties,
            @Value("${gateway.introspection.enabled:true}") boolean introspection) {
        boolean disclosed = properties.sdlEnabled().isEmpty()
                ? introspection
                : properties.sdlEnabled().equals("true");
        return source -> source.schemaFactory((registry, wiring) -> {
            GraphQLSchema schema = Federation.transform(registry, wiring)
                    .fetchEntities(entities)
                    .resolveEntityType(new ClassNameTypeResolver())
                    .build();
            GraphQLCodeRegistry code = disclosed ? withSdl(schema, properties.scopesEnabled()) : withoutSdl(schema);
            return schema.transform(builder -> builder.codeRegistry(code));
        });
    }

    /** Prints the SDL when it is read for the first time, so that a start does not wait for it. */
    private static GraphQLCodeRegistry withSdl(GraphQLSchema schema, boolean scopes) {
        Supplier<String> sdl = SingletonSupplier.of(() -> SubgraphSdl.of(schema, scopes));
        DataFetcher<String> reader = environment -> sdl.get();
        return schema.getCodeRegistry().transform(code -> code.dataFetcher(SDL, reader));
    }

    private static GraphQLCodeRegistry withoutSdl(GraphQLSchema schema) {
        DataFetcher<?> refusal = environment -> DataFetcherResult.newResult()
                .error(ErrorRenderer.of(ErrorCode.INTROSPECTION_DISABLED, "The schema is not disclosed.", environment))
                .build();
        return schema.getCodeRegistry().transform(code -> code.dataFetcher(SERVICE, refusal));
    }

    /**
     * What routers can read.
     *
     * @param sdlEnabled whether {@code _service} has the schema: true, false, or empty to follow the setting for
     *     introspection
     * @param scopesEnabled whether it has the scopes that fields need ({@code @requiresScopes}), for routers that check
     *     them
     */
    @ConfigurationProperties(prefix = "gateway.federation", ignoreUnknownFields = false)
    record FederationProperties(
            @DefaultValue("") String sdlEnabled,
            @DefaultValue("false") boolean scopesEnabled) {

        FederationProperties {
            if (!sdlEnabled.matches("true|false|")) {
                throw new IllegalArgumentException("gateway.federation.sdl-enabled must be true, false or empty");
            }
        }
    }
}
