package io.taggateway.access.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.netty.NettyPipeline;

/** Tests of the number of pipelined requests, and of the time limit for request heads. */
class RequestFlowHandlerTests {

    private static final int HEAD_SECONDS = 10;

    private final List<String> passed = new ArrayList<>();
    private final Traffic traffic = new Traffic();
    private int reads;
    private final EmbeddedChannel channel = channel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void onlyTheLimitOfRequestsPassesUntilResponsesAreSent() {
        write(requests(0, 10));
        assertThat(passed).containsExactly("/0", "/1", "/2", "/3");
        int before = reads;
        channel.read();
        assertThat(reads).isEqualTo(before);
        answer(3);
        channel.runPendingTasks();
        assertThat(passed).hasSize(4);
        answer(1);
        later(1);
        assertThat(passed).hasSize(8);
        answer(4);
        later(1);
        assertThat(passed).hasSize(10).endsWith("/8", "/9");
        assertThat(reads).isEqualTo(before + 1);
        answer(2);
        write(requests(10, 11));
        assertThat(passed).endsWith("/10");
    }

    @Test
    void onlyTheLimitOfRequestsPassesAtOnceWhenResponsesAreImmediate() {
        traffic.answering = true;
        write(requests(0, 10));
        assertThat(passed).hasSize(4);
        later(1);
        assertThat(passed).hasSize(8);
        later(1);
        assertThat(passed).hasSize(10);
        for (int i = 10; i < 30; i++) {
            write(requests(i, i + 1));
            assertThat(passed).hasSize(i + 1);
        }
    }

    @Test
    void interimResponseDoesNotCountAsResponse() {
        write(requests(0, 5));
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        answer(3);
        later(1);
        assertThat(passed).hasSize(4);
        answer(1);
        later(1);
        assertThat(passed).hasSize(5);
    }

    @Test
    void connectionIsClosedWhenARequestHeadIsSentTooSlowly() {
        for (int second = 0; second < HEAD_SECONDS - 1; second++) {
            write("P");
            later(1_000);
        }
        assertThat(channel.isOpen()).isTrue();
        later(1_000);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void connectionStaysOpenWhenTheRequestHeadIsCompleteInTime() {
        write("POST / HTTP/1.1\r\nHost: local");
        later(1_000L * HEAD_SECONDS - 1);
        write("host\r\nContent-Length: 2\r\n\r\n");
        later(60_000);
        write("{}");
        later(60_000);
        assertThat(channel.isOpen()).isTrue();
        answer(1);
        later(60_000);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void upgradedConnectionHasNoTimeLimitForHeads() {
        channel.pipeline().remove(NettyPipeline.HttpCodec);
        channel.pipeline().remove(NettyPipeline.HttpTrafficHandler);
        write("frame");
        later(60_000);
        assertThat(channel.isOpen()).isTrue();
    }

    private void answer(int count) {
        for (int i = 0; i < count; i++) {
            channel.writeOutbound(
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER));
        }
    }

    private void write(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
    }

    private void later(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private static String requests(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("POST /%d HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}".formatted(i));
        }
        return text.toString();
    }

    private EmbeddedChannel channel() {
        Duration time = Duration.ofSeconds(HEAD_SECONDS);
        ConnectionProperties properties =
                new ConnectionProperties(time, time, time, time, 4, 10, DataSize.ofMegabytes(1));
        EmbeddedChannel embedded = new EmbeddedChannel();
        embedded.freezeTime();
        embedded.pipeline()
                .addLast(new ChannelDuplexHandler() {
                    @Override
                    public void read(ChannelHandlerContext context) {
                        reads++;
                        context.read();
                    }
                })
                .addLast(NettyPipeline.HttpCodec, new HttpServerCodec())
                .addLast(new RequestFlowHandler(properties))
                .addLast(NettyPipeline.HttpTrafficHandler, traffic);
        return embedded;
    }

    /** Takes the position of the server's own handler. */
    private final class Traffic extends ChannelDuplexHandler {

        private boolean answering;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                passed.add(request.uri());
            }
            ReferenceCountUtil.release(message);
            if (answering && message instanceof LastHttpContent) {
                context.writeAndFlush(new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER))
                        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            }
        }
    }
}
