package io.taggateway.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A proxy between a gateway and a vendor, which runs a test's action just after the vendor's response. */
final class InterceptingProxy implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Interception> interceptions = new ArrayList<>();
    private final String origin;
    private final HttpServer server;

    InterceptingProxy(String origin) {
        this.origin = origin;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    private record Interception(String method, String path, Runnable action) {}

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Runs an action once, after the vendor's response to a request with a method and path, before the gateway receives
     * it.
     */
    synchronized void after(String method, String path, Runnable action) {
        interceptions.add(new Interception(method, path, action));
    }

    /** Removes actions that have not run. */
    synchronized void removeActions() {
        interceptions.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        http.close();
    }

    private void pass(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(origin + exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        List.of("x-api-key", "Authorization", "Content-Type").forEach(name -> {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        });
        HttpResponse<String> response =
                http.sendAsync(request.build(), BodyHandlers.ofString()).join();
        act(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set(
                        "Content-Type",
                        Objects.requireNonNull(
                                response.headers().firstValue("Content-Type").orElse("application/json")));
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void act(String method, String path) {
        Interception due = take(method, path);
        if (due != null) {
            due.action.run();
        }
    }

    private synchronized @Nullable Interception take(String method, String path) {
        Interception due = interceptions.stream()
                .filter(deed -> deed.method.equals(method) && path.endsWith(deed.path))
                .findFirst()
                .orElse(null);
        if (due != null) {
            interceptions.remove(due);
        }
        return due;
    }
}
