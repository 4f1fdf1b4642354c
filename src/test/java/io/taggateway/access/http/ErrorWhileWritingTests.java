package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import io.taggateway.access.cache.ResponseCache;
import io.taggateway.access.cache.SharedFlightRegistry;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.access.streaming.EventStreamWriter;
import io.taggateway.support.GatewayClient;
import io.taggateway.support.GatewayTest;
import io.taggateway.tagging.operation.Caller;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Tests of errors of the virtual machine while a response is written. Reactor does not propagate these. */
@GatewayTest
class ErrorWhileWritingTests {

    private final ApplicationContext gateway;

    ErrorWhileWritingTests(@Autowired ApplicationContext gateway) {
        this.gateway = gateway;
    }

    @Test
    void returnsErrorAndClosesConnectionWhenWritingFails() {
        Map<String, Object> data = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new OutOfMemoryError("invented");
            }
        };
        WebGraphQlHandler graphQl = WebGraphQlHandler.builder(request -> Mono.just(new DefaultExecutionGraphQlResponse(
                        ExecutionInput.newExecutionInput("{ __typename }").build(),
                        ExecutionResult.newExecutionResult().data(data).build())))
                .build();
        HttpHandler handler = WebHttpHandlerBuilder.webHandler(new GraphQlEndpoint(
                        gateway.getBean(GraphQlRequestReader.class),
                        gateway.getBean(ResponseLookup.class),
                        new OperationExecution(
                                graphQl,
                                gateway.getBean(ResponseWriter.class),
                                gateway.getBean(EventStreamWriter.class),
                                gateway.getBean(ResponseCache.class),
                                gateway.getBean(SharedFlightRegistry.class))))
                .filter((exchange, chain) ->
                        chain.filter(exchange).contextWrite(CallerAuthentication.of(Caller.ANYONE)))
                .exceptionHandler(gateway.getBean(RequestErrorHandler.class))
                .build();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
        try {
            assertAnswered(server);
            assertThat(server.isDisposed()).isFalse();
        } finally {
            server.disposeNow();
        }
    }

    private static void assertAnswered(DisposableServer server) {
        GatewayClient.of(server.port())
                .http()
                .post()
                .uri("/graphql")
                .bodyValue(Map.of("query", "{ __typename }"))
                .exchange()
                .expectStatus()
                .isEqualTo(500)
                .expectHeader()
                .valueEquals("Connection", "close")
                .expectBody()
                .jsonPath("$.errors[0].extensions.code")
                .isEqualTo("INTERNAL_SERVER_ERROR");
    }
}
