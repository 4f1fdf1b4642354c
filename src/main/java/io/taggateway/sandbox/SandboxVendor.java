package io.taggateway.sandbox;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.taggateway.sandbox.http.SandboxReply;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.http.SimulatedApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * One simulated vendor: an HTTP server on the loopback interface that sends the vendor's responses or applies faults.
 *
 * @param <O> the vendor's options
 */
public final class SandboxVendor<O> {

    private static final int LONGEST_REQUEST_LINE = 16_384;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final SandboxConsole console = new SandboxConsole();
    private final SimulatedApi<O> api;
    private final O initialOptions;
    private final DisposableServer server;

    SandboxVendor(SimulatedApi<O> api, int port, LoopResources loop) {
        this.api = api;
        this.initialOptions = api.options();
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .runOn(loop, false)
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(LONGEST_REQUEST_LINE))
                .doOnConnection(connection -> connections.add(connection.channel()))
                .handle((request, response) -> request.receive()
                        .aggregate()
                        .asString()
                        .defaultIfEmpty("")
                        .flatMap(body -> respond(received(request, body), response)))
                .bindNow();
    }

    /** The name in the vendor's settings. */
    public String name() {
        return api.name();
    }

    /** The gateway's settings for this vendor. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(api.credentials());
        settings.put("base-url", baseUrl());
        return settings;
    }

    /** The root URL of the server, which has {@code /sandbox}, and SIPSIM's {@code /oauth/token}. */
    public String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    /** The root of the vendor's API, without a slash at the end. */
    public String baseUrl() {
        return origin() + api.basePath();
    }

    /** The latest 10,000 requests to the vendor's API in the order of their arrival, failed ones included. */
    public List<SandboxRequest> requests() {
        return console.requests();
    }

    /** Clears the recorded requests. */
    public void clearRequests() {
        console.clearRequests();
    }

    /** Adds a fault. If several faults affect a request, the first one applies. */
    public void fail(Fault fault) {
        console.addFault(fault);
    }

    /** Removes all faults. Requests that already hang continue to hang. */
    public void removeFaults() {
        console.clearFaults();
    }

    public O options() {
        return api.options();
    }

    public void options(O options) {
        api.options(options);
    }

    /** Removes faults and restores the initial options. */
    public void restore() {
        removeFaults();
        api.options(initialOptions);
    }

    /** Restores the initial data and revokes issued tokens; options, faults and recorded requests stay. */
    public void reset() {
        api.reset();
    }

    /** Closes the connections of hanging requests without waiting. */
    void close() {
        server.disposeNow(CLOSING);
        connections.close().awaitUninterruptibly(CLOSING.toMillis());
    }

    private Mono<Void> respond(SandboxRequest request, HttpServerResponse response) {
        if (SandboxConsole.owns(request)) {
            return send(console.handle(request), response);
        }
        Fault fault = console.record(request);
        if (fault == null) {
            return send(api.respondTo(request), response);
        }
        Mono<Void> answer = switch (fault.effect()) {
            case NONE, REPLACED -> send(fault.reply() == null ? api.respondTo(request) : fault.reply(), response);
            case CUT_OFF -> sendHalf(api.respondTo(request), response);
            case HANG -> Mono.never();
        };
        return fault.latency().isZero() ? answer : Mono.delay(fault.latency()).then(answer);
    }

    private static Mono<Void> send(SandboxReply reply, HttpServerResponse response) {
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

    /** Bypasses the HTTP codec, which would not send fewer bytes than {@code Content-Length}. */
    private static Mono<Void> sendHalf(SandboxReply reply, HttpServerResponse response) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 %d Cut\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(reply.status(), SandboxReply.JSON, Math.max(body.length, 2));
        ByteBuf bytes = Unpooled.wrappedBuffer(
                Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII),
                Unpooled.wrappedBuffer(body, 0, body.length / 2));
        return Mono.create(sink -> response.withConnection(connection -> connection
                .channel()
                .pipeline()
                .firstContext()
                .writeAndFlush(bytes)
                .addListener(ChannelFutureListener.CLOSE)));
    }

    private static SandboxRequest received(HttpServerRequest request, String body) {
        String[] uri = request.uri().split("\\?", 2);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.requestHeaders()
                .forEach(header -> headers.computeIfAbsent(header.getKey(), name -> new ArrayList<>())
                        .add(header.getValue()));
        return new SandboxRequest(request.method().name(), uri[0], uri.length == 1 ? "" : uri[1], headers, body);
    }
}
