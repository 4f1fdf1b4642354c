package io.taggateway.access.streaming;

import io.netty.channel.Channel;
import io.taggateway.api.SubscriptionProperties;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Opens WebSockets like Spring, with limits for their frames, and accepts the subprotocol in every form in which
 * clients may offer it.
 */
@Component
class WebSocketHandshakeConfigurer implements WebFluxConfigurer {

    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    private final int maxControlFrames;

    WebSocketHandshakeConfigurer(SubscriptionProperties properties) {
        this.maxControlFrames = properties.maxControlFrames();
    }

    @Override
    public WebSocketService getWebSocketService() {
        RequestUpgradeStrategy strategy = new LimitedUpgrade(maxControlFrames);
        return new HandshakeWebSocketService(strategy) {

            @Override
            public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
                return super.handleRequest(withOneSubprotocol(exchange, handler), handler);
            }
        };
    }

    /**
     * An exchange that offers one subprotocol: the first of the handler's that the client offers. Spring and Netty read
     * the first header line only, and Spring ignores a name after a blank.
     */
    private static ServerWebExchange withOneSubprotocol(ServerWebExchange exchange, WebSocketHandler handler) {
        List<String> offered = exchange.getRequest().getHeaders().getValuesAsList(SUBPROTOCOL);
        return handler.getSubProtocols().stream()
                .filter(offered::contains)
                .findFirst()
                .map(protocol -> {
                    HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
                    request.requestHeaders().set(SUBPROTOCOL, protocol);
                    return exchange.mutate()
                            .request(changed -> changed.headers(all -> all.set(SUBPROTOCOL, protocol)))
                            .build();
                })
                .orElse(exchange);
    }

    /** Puts the limits before Reactor Netty's own handler. */
    private static final class LimitedUpgrade extends ReactorNettyRequestUpgradeStrategy {

        private final int maxControlFrames;

        LimitedUpgrade(int maxControlFrames) {
            this.maxControlFrames = maxControlFrames;
        }

        @Override
        public Mono<Void> upgrade(
                ServerWebExchange exchange,
                WebSocketHandler handler,
                @Nullable String subProtocol,
                Supplier<HandshakeInfo> handshake) {
            Channel channel = channel(exchange.getResponse());
            WebSocketHandler limited = session -> {
                channel.pipeline()
                        .addBefore(
                                NettyPipeline.ReactiveBridge,
                                WebSocketFrameLimits.class.getName(),
                                new WebSocketFrameLimits(maxControlFrames));
                return handler.handle(session);
            };
            return end(exchange.getRequest())
                    .then(Mono.defer(() -> super.upgrade(exchange, limited, subProtocol, handshake)));
        }

        /** The end of the request, until which Reactor Netty's time limit for requests runs, upgraded or not. */
        private static Mono<Void> end(ServerHttpRequest request) {
            return request.getBody().doOnNext(DataBufferUtils::release).then();
        }

        private static Channel channel(ServerHttpResponse response) {
            Connection connection = ServerHttpResponseDecorator.getNativeResponse(response);
            return connection.channel();
        }
    }
}
