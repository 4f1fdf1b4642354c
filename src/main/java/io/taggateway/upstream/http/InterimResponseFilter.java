package io.taggateway.upstream.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops interim responses (1xx except 101), which precede the final response on the same connection (RFC 9110 §15.2,
 * RFC 8297).
 *
 * <p>Reactor Netty 1.3.8 drops 100 only. It treats any other one as the final response, and returns the connection to
 * the pool while the final response is unread. The next request would then receive it. This filter can be removed when
 * {@code InterimResponseTests} pass without it.
 */
final class InterimResponseFilter extends ChannelInboundHandlerAdapter {

    private boolean dropping;
    private boolean dropped;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        dropping |= message instanceof HttpResponse response && isInterim(response.status());
        if (!dropping) {
            context.fireChannelRead(message);
            return;
        }
        dropped = true;
        dropping = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
    }

    /** The reader of the response has requested one read, which the interim response has used up. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (dropped) {
            dropped = false;
            context.read();
        }
    }

    private static boolean isInterim(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.INFORMATIONAL
                && status.code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }
}
