package io.taggateway.access.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Configures the limits of the server's connections. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    /** For HTTP/2, where the request target counts as a header: 16 KB for it, and 16 KB for the others. */
    private static final int MAX_HTTP2_HEADERS = 32 * 1024;

    /** More than a single read can contain. RequestFlowHandler passes only a few of them on at once. */
    private static final int MAX_DECODED = 8_192;

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> serverLimits(
            ConnectionProperties properties, UnsentByteCounter unsent, GracefulStop stop) {
        UnaryOperator<HttpServer> limits = limits(properties, unsent);
        return factory ->
                factory.addServerCustomizers(server -> limits.apply(server).doOnBound(stop::listening));
    }

    /** Fails bodies with a malformed chunk where they are read. */
    @Bean
    WebHttpHandlerBuilderCustomizer malformedBodies() {
        return server -> server.httpHandlerDecorator(MalformedBodyCheck::before);
    }

    /** Sets the limits of a port. They are the same for each port. */
    static UnaryOperator<HttpServer> limits(ConnectionProperties properties, UnsentByteCounter unsent) {
        return server -> compressedIfAccepted(server)
                .idleTimeout(properties.idleTimeout())
                .maxPipelineDepth(MAX_DECODED)
                .requestTimeout(properties.bodyTimeout())
                .http2Settings(settings -> settings.maxHeaderListSize(MAX_HTTP2_HEADERS))
                .doOnChannelInit((observer, channel, address) -> addHandlers(channel, properties, unsent));
    }

    /**
     * Without the handler that compresses, which Reactor Netty would add for each response and remove after it, where
     * the client accepts no encoding.
     */
    private static HttpServer compressedIfAccepted(HttpServer server) {
        BiPredicate<HttpServerRequest, HttpServerResponse> compressed =
                server.configuration().compressPredicate();
        return compressed == null
                ? server
                : server.compress(
                        (request, response) -> request.requestHeaders().contains(HttpHeaderNames.ACCEPT_ENCODING)
                                && compressed.test(request, response));
    }

    private static void addHandlers(Channel channel, ConnectionProperties properties, UnsentByteCounter unsent) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addFirst(unsent.handler());
        if (pipeline.get(NettyPipeline.H2OrHttp11Codec) != null) {
            pipeline.addAfter(
                    NettyPipeline.H2OrHttp11Codec, "taggateway.negotiated", new NegotiationHandler(properties));
        } else {
            addRequestFlow(pipeline, properties);
        }
    }

    private static void addRequestFlow(ChannelPipeline pipeline, ConnectionProperties properties) {
        if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
            pipeline.addBefore(
                    NettyPipeline.HttpTrafficHandler, "taggateway.requestFlow", new RequestFlowHandler(properties));
            pipeline.addBefore(
                    NettyPipeline.HttpTrafficHandler, "taggateway.malformedBody", new MalformedBodyHandler());
        }
    }

    /** Waits until TLS has negotiated a protocol, as the pipeline has no HTTP handlers before. */
    private static final class NegotiationHandler extends ChannelInboundHandlerAdapter {

        private final ConnectionProperties properties;

        NegotiationHandler(ConnectionProperties properties) {
            this.properties = properties;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent) {
                addRequestFlow(context.pipeline(), properties);
                context.pipeline().remove(this);
            }
            context.fireUserEventTriggered(event);
        }
    }
}
