package io.taggateway.access.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.server.webflux.GraphQlHttpHandler;
import org.springframework.graphql.server.webflux.GraphQlSseHandler;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Where requests for GraphQL go. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    /** Before the framework's own route, which knows POST only. */
    @Bean
    @Order(-1)
    RouterFunction<ServerResponse> graphQlEndpoint(
            GraphQlRequestReader reader, GraphQlHttpHandler answers, GraphQlSseHandler streams) {
        GraphQlEndpoint endpoint = new GraphQlEndpoint(reader, answers, streams);
        return RouterFunctions.route(RequestPredicates.path(GraphQlEndpoint.PATH), endpoint::handle);
    }

    @Bean
    RouterFunction<ServerResponse> schemaEndpoint(SchemaProperties properties, GraphQlSource source) {
        if (!properties.enabled()) {
            return request -> Mono.empty();
        }
        SchemaEndpoint endpoint = new SchemaEndpoint(source.schema());
        return RouterFunctions.route(RequestPredicates.path(SchemaEndpoint.PATH), endpoint::handle);
    }
}
