package io.taggateway.sandbox;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.taggateway.sandbox.http.PlayedApi;
import io.taggateway.sandbox.http.SandboxRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** A loopback HTTP server that gives one played vendor's answers, late, broken or whole. */
final class SandboxServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int LONGEST_REQUEST_LINE = 16_384;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final PendingFaults faults = new PendingFaults();
    private final RequestRecord requests = new RequestRecord();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final SandboxConsole console = new SandboxConsole(faults, requests);
    private final PlayedApi<?> api;
    private final DisposableServer server;

    SandboxServer(PlayedApi<?> api, int port, LoopResources loop) {
        this.api = api;
        this.server = HttpServer.create()
                .host(HOST)
                .port(port)
                .runOn(loop, false)
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(LONGEST_REQUEST_LINE))
                .doOnConnection(connection -> connections.add(connection.channel()))
                .handle(this::handle)
                .bindNow();
    }

    int port() {
        return server.port();
    }

    PendingFaults faults() {
        return faults;
    }

    RequestRecord requests() {
        return requests;
    }

    /** Hanging answers are cut, not waited for. */
    @Override
    public void close() {
        server.disposeNow(CLOSING);
        connections.close().awaitUninterruptibly(CLOSING.toMillis());
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        Mono<String> body = request.receive().aggregate().asString().defaultIfEmpty("");
        return body.flatMap(text -> answer(received(request, text), new SandboxLine(response)));
    }

    private Mono<Void> answer(SandboxRequest request, SandboxLine line) {
        if (SandboxConsole.owns(request)) {
            return line.send(console.answer(request));
        }
        requests.add(request);
        Fault fault = faults.take(request.method(), request.path());
        if (fault == null) {
            return line.send(api.answer(request));
        }
        Mono<Void> answer = switch (fault.trouble()) {
            case Trouble.None none -> line.send(api.answer(request));
            case Trouble.Instead instead -> line.send(instead.reply());
            case Trouble.CutOff cutOff -> line.sendHalf(api.answer(request));
            case Trouble.Hang hang -> Mono.never();
        };
        return fault.latency().isZero() ? answer : Mono.delay(fault.latency()).then(answer);
    }

    private static SandboxRequest received(HttpServerRequest request, String body) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.requestHeaders()
                .forEach(header -> headers.computeIfAbsent(header.getKey(), name -> new ArrayList<>())
                        .add(header.getValue()));
        return new SandboxRequest(
                request.method().name(),
                mark < 0 ? uri : uri.substring(0, mark),
                mark < 0 ? "" : uri.substring(mark + 1),
                Collections.unmodifiableMap(headers),
                body);
    }
}
