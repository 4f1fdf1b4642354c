package io.taggateway.api.federation;

import com.apollographql.federation.graphqljava.Federation;
import com.apollographql.federation.graphqljava._Service;
import com.apollographql.federation.graphqljava.printer.ServiceSDLPrinter;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLSchema;
import graphql.schema.StaticDataFetcher;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeDefinitionRegistry;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.ClassNameTypeResolver;

/** Adds to the schema what routers ask for. */
@Configuration(proxyBeanMethods = false)
class FederationConfiguration {

    /** Apollo's composition takes this directive, which every GraphQL has, for unknown where nobody defines it. */
    private static final String ONE_OF = "\n\ndirective @oneOf on INPUT_OBJECT\n";

    private static final FieldCoordinates SDL = FieldCoordinates.coordinates(_Service.typeName, "sdl");

    @Bean
    GraphQlSourceBuilderCustomizer federation(EntitiesFetcher entities) {
        return source -> source.schemaFactory((registry, wiring) -> schema(registry, wiring, entities));
    }

    private static GraphQLSchema schema(
            TypeDefinitionRegistry registry, RuntimeWiring wiring, EntitiesFetcher entities) {
        GraphQLSchema schema = Federation.transform(registry, wiring)
                .fetchEntities(entities)
                .resolveEntityType(new ClassNameTypeResolver())
                .build();
        String sdl = ServiceSDLPrinter.generateServiceSDLV2(schema) + ONE_OF;
        return schema.transform(builder -> builder.codeRegistry(schema.getCodeRegistry()
                .transform(registered -> registered.dataFetcher(SDL, new StaticDataFetcher(sdl)))));
    }
}
