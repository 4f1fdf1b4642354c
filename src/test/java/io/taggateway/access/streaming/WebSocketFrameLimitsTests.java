package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of reading from a WebSocket whose client does not read. */
class WebSocketFrameLimitsTests {

    private int reads;
    private final EmbeddedChannel channel = channel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void readingStopsWhileTheChannelIsNotWritable() {
        channel.read();
        int before = reads;
        writable(false);
        channel.read();
        channel.read();
        assertThat(reads).isEqualTo(before);
        writable(true);
        assertThat(reads).isEqualTo(before + 1);
        channel.read();
        assertThat(reads).isEqualTo(before + 2);
    }

    @Test
    void pongIsSentWhenTheChannelIsWritableAgain() {
        writable(false);
        channel.writeInbound(new PingWebSocketFrame(), new PingWebSocketFrame());
        assertThat(channel.outboundMessages()).isEmpty();
        writable(true);
        assertThat(channel.outboundMessages()).singleElement().isInstanceOf(PongWebSocketFrame.class);
        ReferenceCountUtil.release(channel.readOutbound());
    }

    private void writable(boolean writable) {
        Objects.requireNonNull(channel.unsafe().outboundBuffer()).setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    private EmbeddedChannel channel() {
        return new EmbeddedChannel(
                new ChannelDuplexHandler() {
                    @Override
                    public void read(ChannelHandlerContext context) {
                        reads++;
                        context.read();
                    }
                },
                new WebSocketFrameLimits(10));
    }
}
