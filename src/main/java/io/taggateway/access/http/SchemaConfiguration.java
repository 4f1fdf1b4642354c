package io.taggateway.access.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The route of the schema for reading, where it is served. */
@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {

    @Bean
    RouterFunction<ServerResponse> schemaEndpoint(SchemaProperties properties, GraphQlSource source) {
        if (!properties.enabled()) {
            return request -> Mono.empty();
        }
        SchemaEndpoint endpoint = new SchemaEndpoint(source.schema());
        return RouterFunctions.route(RequestPredicates.path(SchemaEndpoint.PATH), endpoint::handle);
    }
}
