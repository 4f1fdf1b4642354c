package io.taggateway.access.streaming;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits the memory for the frames of one WebSocket. Nothing is read while the client does not read what was written.
 * Of several pings that were read together, only the most recent gets a pong (RFC 6455, section 5.5.3). Reactor Netty
 * 1.3 responds to each at once, whether or not the channel is writable.
 */
final class WebSocketFrameLimits extends ChannelDuplexHandler {

    /** The maximum size of a message in bytes, over all of its frames. */
    static final int MAX_MESSAGE = 64 * 1024;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int maxControlFrames;
    private @Nullable PingWebSocketFrame unanswered;
    private boolean readDeferred;
    private boolean closed;
    private long second = System.nanoTime();
    private int controlFrames;
    private int messageSize;

    /**
     * Limits for a WebSocket that was just opened.
     *
     * @param maxControlFrames how many pings and pongs are accepted in a second
     */
    WebSocketFrameLimits(int maxControlFrames) {
        this.maxControlFrames = maxControlFrames;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closed) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof PingWebSocketFrame || message instanceof PongWebSocketFrame) {
            control(context, (WebSocketFrame) message);
        } else if (message instanceof WebSocketFrame frame && isTooLong(frame)) {
            frame.release();
            close(context, WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void control(ChannelHandlerContext context, WebSocketFrame frame) {
        if (System.nanoTime() - second > SECOND) {
            second = System.nanoTime();
            controlFrames = 0;
        }
        if (++controlFrames > maxControlFrames) {
            frame.release();
            close(context, WebSocketCloseStatus.POLICY_VIOLATION);
        } else if (frame instanceof PingWebSocketFrame ping) {
            ReferenceCountUtil.release(unanswered);
            unanswered = ping;
        } else {
            frame.release();
        }
    }

    private boolean isTooLong(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame) {
            return false;
        }
        messageSize += frame.content().readableBytes();
        boolean tooLong = messageSize > MAX_MESSAGE;
        if (frame.isFinalFragment()) {
            messageSize = 0;
        }
        return tooLong;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        sendPongs(context);
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        sendPongs(context);
        if (readDeferred && context.channel().isWritable()) {
            readDeferred = false;
            context.read();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.read();
        } else {
            readDeferred = true;
        }
    }

    private void sendPongs(ChannelHandlerContext context) {
        PingWebSocketFrame ping = unanswered;
        if (ping != null && context.channel().isWritable()) {
            unanswered = null;
            var _ = context.writeAndFlush(new PongWebSocketFrame(ping.content()), context.voidPromise());
        }
    }

    private void close(ChannelHandlerContext context, WebSocketCloseStatus status) {
        closed = true;
        if (context.channel().isWritable()) {
            context.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
        } else {
            var _ = context.close(context.voidPromise());
        }
    }

    /** A client may disconnect within a message, for which Netty's aggregator would log an error. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (context.pipeline().get(WebSocketFrameAggregator.class) != null) {
            context.pipeline().remove(WebSocketFrameAggregator.class);
        }
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ReferenceCountUtil.release(unanswered);
        unanswered = null;
    }
}
