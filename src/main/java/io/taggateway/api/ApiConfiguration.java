package io.taggateway.api;

import graphql.scalars.ExtendedScalars;
import graphql.schema.GraphQLScalarType;
import io.taggateway.tagging.paging.ConnectionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;

/** How GraphQL is run here. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

    @Bean
    RuntimeWiringConfigurer scalars() {
        GraphQLScalarType json = ExtendedScalars.Json.transform(builder -> builder.name("JSON"));
        return wiring -> wiring.scalar(InstantScalar.type())
                .scalar(HexColorScalar.type())
                .scalar(json);
    }

    @Bean
    ConnectionReader connectionReader(PagingProperties properties) {
        return new ConnectionReader(properties.maxVendorPages());
    }
}
