package io.taggateway.upstream.http;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** An HTTP server on the loopback interface with scripted responses. */
public final class ScriptedServer implements AutoCloseable {

    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final DisposableServer server;
    private volatile Function<Received, Reply> script = request -> Reply.json("{}");

    public ScriptedServer() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(this::handle)
                .bindNow();
    }

    /** A received request; path and query are still encoded. */
    public record Received(String method, String target, Map<String, String> headers, String body) {}

    /** A scripted response. */
    public static final class Reply {

        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        public Reply(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        public static Reply json(String body) {
            return json(200, body);
        }

        public static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        }

        public static Reply status(int status, Map<String, String> headers) {
            return new Reply(status, headers, new byte[0]);
        }
    }

    public void answer(Function<Received, Reply> changed) {
        script = changed;
    }

    /** Sends these responses one after the other, and then repeats the last one. */
    public void answer(Reply... replies) {
        int before = requests.size();
        script = request -> replies[Math.min(requests.size() - before, replies.length) - 1];
    }

    public List<Received> requests() {
        return List.copyOf(requests);
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.port() + "/api";
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(2));
    }

    private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap(body -> {
            Received received = new Received(
                    request.method().name(),
                    request.uri(),
                    request.requestHeaders().entries().stream()
                            .collect(Collectors.toMap(
                                    entry -> entry.getKey().toLowerCase(Locale.ROOT),
                                    Map.Entry::getValue,
                                    (one, other) -> one)),
                    body);
            requests.add(received);
            Reply reply = script.apply(received);
            reply.headers.forEach(response::header);
            return response.status(reply.status)
                    .send(Mono.just(Unpooled.wrappedBuffer(reply.body)))
                    .then();
        });
    }
}
