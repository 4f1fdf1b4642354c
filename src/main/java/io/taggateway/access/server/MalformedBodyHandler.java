package io.taggateway.access.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Marks the request of an HTTP/1.1 connection whose body has a malformed chunk, and closes the connection after its
 * response. Reactor Netty 1.3 would respond by itself and complete the body, so that a part of it could be executed,
 * and the response to that would fail.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the promise
final class MalformedBodyHandler extends ChannelDuplexHandler {

    private static final AttributeKey<HttpHeaders> MALFORMED =
            AttributeKey.valueOf(MalformedBodyHandler.class, "malformed");

    private @Nullable HttpHeaders head;
    private int unanswered;
    private boolean malformed;

    /** Whether the body of the request with these headers has a malformed chunk. */
    @SuppressWarnings("ReferenceEquality") // The same request, not one with equal headers
    static boolean isMalformed(Channel channel, HttpHeaders headers) {
        return channel.attr(MALFORMED).get() == headers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            head = request.headers();
            unanswered++;
        } else if (message instanceof LastHttpContent end && end.decoderResult().isFailure()) {
            ReferenceCountUtil.release(end);
            endMalformed(context);
            return;
        }
        context.fireChannelRead(message);
    }

    private void endMalformed(ChannelHandlerContext context) {
        malformed = true;
        context.channel().attr(MALFORMED).set(head);
        if (unanswered == 0) {
            context.close();
        } else {
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    /** The request with a malformed body is the last of its connection. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean closing = malformed && unanswered == 1 && !RequestFlowHandler.isInformational(message);
        if (closing && message instanceof HttpResponse response) {
            HttpUtil.setKeepAlive(response, false);
        }
        boolean last = message instanceof LastHttpContent && !RequestFlowHandler.isInformational(message);
        if (last) {
            unanswered--;
        }
        context.write(message, closing && last ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
    }
}
