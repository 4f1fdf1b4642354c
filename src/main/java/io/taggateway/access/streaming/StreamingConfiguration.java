package io.taggateway.access.streaming;

import io.taggateway.api.SubscriptionProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webflux.GraphQlSseHandler;
import org.springframework.graphql.server.webflux.GraphQlWebSocketHandler;
import org.springframework.http.codec.ServerCodecConfigurer;

/** The framework's transports for events, with what they lack put around the operations. */
@Configuration(proxyBeanMethods = false)
class StreamingConfiguration {

    @Bean
    GraphQlWebSocketHandler graphQlWebSocketHandler(
            WebGraphQlHandler handler,
            ServerCodecConfigurer codecs,
            SubscriptionProperties properties,
            GraphQlCorsProperties cors,
            OpenStreams streams) {
        return new SubscriptionSocketHandler(handler, codecs, properties, cors.toCorsConfiguration(), streams);
    }

    @Bean
    GraphQlSseHandler graphQlSseHandler(
            WebGraphQlHandler handler, SubscriptionProperties properties, OpenStreams streams) {
        return new GraphQlSseHandler(new EventStreamOperations(handler, streams), null, properties.keepAlive());
    }
}
