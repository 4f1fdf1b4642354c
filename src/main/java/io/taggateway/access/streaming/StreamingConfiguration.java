package io.taggateway.access.streaming;

import io.taggateway.api.SubscriptionProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webflux.GraphQlWebSocketHandler;
import org.springframework.http.codec.ServerCodecConfigurer;

/** The framework's transport for WebSockets, with what it lacks put around the operations. */
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
}
