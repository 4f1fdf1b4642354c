package io.taggateway.upstream.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops interim responses (1xx but 101), which the real one follows on the same connection (RFC 9110 §15.2, RFC 8297).
 *
 * <p>Reactor Netty 1.3.8 drops 100 only. It takes any other for the response and returns the connection to the pool
 * with the real one unread, which is then taken for the response to the next request. This may go when
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
