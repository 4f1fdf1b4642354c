package io.taggateway.access.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts the bytes of all connections that wait to be sent. */
@Component
public class UnsentByteCounter {

    private final AtomicLong count = new AtomicLong();
    private final long max;
    private final Duration writeTimeout;

    UnsentByteCounter(ConnectionProperties properties, MeterRegistry meters) {
        this.max = properties.maxUnsent().toBytes();
        this.writeTimeout = properties.writeTimeout();
        Gauge.builder("taggateway.unsent", count, AtomicLong::get)
                .baseUnit("bytes")
                .description("Bytes of responses that wait to be sent")
                .register(meters);
    }

    /** Whether the total is below the limit. */
    public boolean accepts(long bytes) {
        return count.get() + bytes <= max;
    }

    /** Counts the bytes of one connection, which is closed if the peer reads none of them for a time. */
    ChannelHandler handler() {
        return new Handler(this, writeTimeout);
    }

    boolean isEmpty() {
        return count.get() == 0;
    }

    void add(long bytes) {
        count.addAndGet(bytes);
    }

    /**
     * Counts the bytes that wait to be sent on a connection, and closes the connection if its peer reads none of them
     * for a time.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Failures reach the promise
    private static final class Handler extends ChannelDuplexHandler {

        /** The number of checks for progress within the time. */
        private static final int CHECKS = 3;

        private final UnsentByteCounter unsent;
        private final long checkMillis;
        private boolean watched;
        private int idleChecks;
        private @Nullable Progress progress;

        Handler(UnsentByteCounter unsent, Duration timeout) {
            this.unsent = unsent;
            this.checkMillis = Math.max(1, timeout.toMillis() / CHECKS);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (!(message instanceof ByteBuf bytes)) {
                context.write(message, promise);
                return;
            }
            int size = bytes.readableBytes();
            unsent.add(size);
            context.write(message, promise.unvoid()).addListener(sent -> unsent.add(-size));
            if (!watched) {
                watched = true;
                idleChecks = 0;
                progress = null;
                checkLater(context);
            }
        }

        private void checkLater(ChannelHandlerContext context) {
            context.executor().schedule(() -> check(context), checkMillis, TimeUnit.MILLISECONDS);
        }

        private void check(ChannelHandlerContext context) {
            ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
            if (buffer == null || buffer.totalPendingWriteBytes() == 0) {
                watched = false;
                return;
            }
            Progress now = new Progress(buffer.totalPendingWriteBytes(), buffer.currentProgress());
            idleChecks = now.equals(progress) ? idleChecks + 1 : 0;
            progress = now;
            if (idleChecks >= CHECKS) {
                context.close();
            } else {
                checkLater(context);
            }
        }

        /** The waiting bytes, and how many bytes of the first part have been sent. */
        private record Progress(long waiting, long sent) {}
    }
}
