package io.taggateway.sandbox;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.taggateway.sandbox.http.SandboxReply;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** The way of one answer back to its client. */
final class SandboxLine {

    private final HttpServerResponse response;

    SandboxLine(HttpServerResponse response) {
        this.response = response;
    }

    Mono<Void> send(SandboxReply reply) {
        response.status(reply.status());
        if (reply.retryAfter() != null) {
            response.header(HttpHeaderNames.RETRY_AFTER, reply.retryAfter());
        }
        if (reply.contentType() == null) {
            return response.send().then();
        }
        response.header(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        return response.sendString(Mono.just(reply.body())).then();
    }

    /** Writes past the HTTP codec, which would keep the promise of {@code Content-Length}. */
    Mono<Void> sendHalf(SandboxReply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        int length = Math.max(body.length, 2);
        String head = "HTTP/1.1 %d Cut\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(reply.status(), SandboxReply.JSON, length);
        ByteBuf bytes = Unpooled.wrappedBuffer(
                Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII),
                Unpooled.wrappedBuffer(body, 0, body.length / 2));
        return Mono.create(sink -> response.withConnection(connection -> {
            Channel channel = connection.channel();
            channel.pipeline().firstContext().writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
        }));
    }
}
