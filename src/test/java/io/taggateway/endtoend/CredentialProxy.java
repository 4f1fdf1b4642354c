package io.taggateway.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taggateway.sandbox.SandboxVendor;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A proxy before a simulated vendor, with its own credentials. */
final class CredentialProxy implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Boolean>> holds = new CopyOnWriteArrayList<>();
    private final AtomicReference<CompletableFuture<Boolean>> held =
            new AtomicReference<>(CompletableFuture.completedFuture(true));
    private final SandboxVendor<?> vendor;
    private final String header;
    private final String credential;
    private final HttpServer server;

    /**
     * Starts a proxy before a vendor.
     *
     * @param header the header with the credential
     * @param credential the credential of the vendor
     */
    CredentialProxy(SandboxVendor<?> vendor, String header, String credential) {
        this.vendor = vendor;
        this.header = header;
        this.credential = credential;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    /** A request, with its credential, its target and its body. */
    record Received(String credential, String text) {}

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort()
                + vendor.baseUrl().substring(vendor.origin().length());
    }

    List<Received> received() {
        return received;
    }

    /** Delays the response to the next request until the result is completed. */
    CompletableFuture<Boolean> hold() {
        CompletableFuture<Boolean> release = new CompletableFuture<>();
        holds.add(release);
        held.set(release);
        return release;
    }

    @Override
    public void close() {
        holds.forEach(hold -> hold.complete(true));
        server.stop(0);
        threads.close();
        http.close();
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestURI().toString();
        CompletableFuture<Boolean> hold = held.getAndSet(CompletableFuture.completedFuture(true));
        received.add(new Received(
                String.valueOf(exchange.getRequestHeaders().getFirst(header)),
                exchange.getRequestMethod() + ' ' + target + ' ' + new String(sent, StandardCharsets.UTF_8)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(vendor.origin() + target))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(sent))
                .header(header, credential)
                .header("Content-Type", "application/json")
                .build();
        HttpResponse<byte[]> response = hold.thenCompose(go -> http.sendAsync(request, BodyHandlers.ofByteArray()))
                .join();
        byte[] body = response.body();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
