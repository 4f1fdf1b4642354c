package io.taggateway.access.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.webflux.GraphQlHttpHandler;
import org.springframework.graphql.server.webflux.GraphQlSseHandler;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

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
}
