package io.taggateway.access.server;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Passes on the requests of an HTTP/1.1 connection in portions, and does not read between them. It closes a connection
 * whose next request head takes too long, and marks ambiguous heads as malformed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the promise
final class RequestFlowHandler extends ChannelDuplexHandler {

    /** A name or an IPv4 address, or an IPv6 address in brackets; and a port. */
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+;=-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{0,5})?");

    private final int maxUnanswered;
    private final long headMillis;
    private final Queue<Object> held = new ArrayDeque<>();
    private int unanswered;

    /** The number of requests passed on since other connections were served. Many requests complete at once. */
    private int passed;

    private boolean releasing;
    private boolean decoded;
    private boolean inBody;
    private boolean readRequested;
    private @Nullable Future<?> headTimeout;

    RequestFlowHandler(ConnectionProperties properties) {
        this.maxUnanswered = properties.maxPipelined();
        this.headMillis = properties.headTimeout().toMillis();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        decoded = true;
        if (message instanceof HttpRequest request) {
            cancelHeadTimeout();
            inBody = true;
            check(request);
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
        }
        if (mustWait(context, message)) {
            held.add(message);
        } else {
            pass(context, message);
        }
    }

    /**
     * Marks a head that a proxy may interpret in another way as malformed: the response is 400, and the connection is
     * closed.
     */
    private static void check(HttpRequest request) {
        String problem = problem(request);
        if (problem != null && request.decoderResult().isSuccess()) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(problem)));
        }
    }

    private static @Nullable String problem(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1 || !HOST.matcher(hosts.getFirst()).matches()) {
            return "Host must be present exactly once";
        }
        List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return encodings.isEmpty() || (encodings.size() == 1 && "chunked".equalsIgnoreCase(encodings.getFirst()))
                ? null
                : "Transfer-Encoding must be chunked";
    }

    /** The parts of a request that was passed on are passed on too, as its response may depend on them. */
    private boolean mustWait(ChannelHandlerContext context, Object message) {
        return !held.isEmpty() || (message instanceof HttpRequest && !hasCapacity(context));
    }

    private boolean hasCapacity(ChannelHandlerContext context) {
        return unanswered < maxUnanswered
                && passed < maxUnanswered
                && context.channel().isWritable();
    }

    private void pass(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            unanswered++;
            passed++;
        }
        context.fireChannelRead(message);
    }

    /** Bytes that are neither part of a body nor complete a message are part of an incomplete head. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!decoded && !inBody && held.isEmpty() && headTimeout == null && isHttp(context)) {
            headTimeout = context.executor().schedule(() -> context.close(), headMillis, TimeUnit.MILLISECONDS);
        }
        decoded = false;
        if (held.isEmpty()) {
            passed = 0;
        }
        releaseLater(context);
        context.fireChannelReadComplete();
    }

    /** Whether the connection has not been upgraded to another protocol. */
    private static boolean isHttp(ChannelHandlerContext context) {
        return context.pipeline().get(NettyPipeline.HttpTrafficHandler) != null;
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.read();
        } else {
            readRequested = true;
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean last = message instanceof LastHttpContent && !isInformational(message);
        context.write(message, promise);
        if (last) {
            unanswered--;
            releaseLater(context);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        releaseLater(context);
    }

    /** Continues after a delay, as the event loop runs consecutive tasks before it serves other connections. */
    private void releaseLater(ChannelHandlerContext context) {
        if (unanswered == 0
                && !held.isEmpty()
                && !releasing
                && context.channel().isWritable()) {
            releasing = true;
            context.executor().schedule(() -> release(context), 1, TimeUnit.MILLISECONDS);
        }
    }

    static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void release(ChannelHandlerContext context) {
        releasing = false;
        passed = 0;
        Object message = held.peek();
        while (message != null && !(message instanceof HttpRequest && !hasCapacity(context))) {
            pass(context, held.remove());
            message = held.peek();
        }
        context.fireChannelReadComplete();
        releaseLater(context);
        if (held.isEmpty() && readRequested) {
            readRequested = false;
            context.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancelHeadTimeout();
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    private void cancelHeadTimeout() {
        if (headTimeout != null) {
            headTimeout.cancel(false);
            headTimeout = null;
        }
    }
}
