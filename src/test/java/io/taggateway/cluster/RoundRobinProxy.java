package io.taggateway.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load balancer on a random port of the loopback interface. It asks each gateway for {@code /readyz} every 200 ms,
 * sends requests to the ready ones in turn over persistent connections, and repeats a request only if the connection is
 * refused. A request without a response gets status 502.
 */
public final class RoundRobinProxy implements AutoCloseable {

    /** The status of a request that was sent and got no response. */
    public static final int LOST = 502;

    /** The header with the URL of the gateway that responded. */
    public static final String GATEWAY = "X-Gateway";

    /** The body of a response with this status if no gateway was ready, so that the request was not sent. */
    public static final String NONE_READY = "no gateway accepts connections";

    private static final int CHECK_MILLIS = 200;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection", "content-length", "host", "transfer-encoding", "upgrade", "keep-alive", "date", "expect");

    private final List<GatewayProcess> gateways;
    private final Set<GatewayProcess> ready = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService checks = Executors.newScheduledThreadPool(3);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final HttpServer server;

    private RoundRobinProxy(List<GatewayProcess> gateways, HttpServer server) {
        this.gateways = gateways;
        this.server = server;
    }

    /** Starts a proxy, and waits until it has found all gateways ready. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public static RoundRobinProxy start(List<GatewayProcess> gateways) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
            RoundRobinProxy proxy = new RoundRobinProxy(gateways, server);
            gateways.forEach(proxy::check);
            gateways.forEach(gateway -> proxy.checks.scheduleWithFixedDelay(
                    () -> proxy.check(gateway), CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS));
            server.setExecutor(proxy.threads);
            server.createContext("/", proxy::handle);
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whether the last check found a gateway ready. */
    public boolean isReady(GatewayProcess gateway) {
        return ready.contains(gateway);
    }

    private void check(GatewayProcess gateway) {
        if (gateway.status("/readyz") == 200) {
            ready.add(gateway);
        } else {
            ready.remove(gateway);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int first = turn.getAndIncrement();
            for (int i = 0; i < gateways.size(); i++) {
                GatewayProcess gateway = gateways.get(Math.floorMod(first + i, gateways.size()));
                if (ready.contains(gateway) && isAnswered(exchange, gateway, body)) {
                    return;
                }
            }
            fail(exchange, NONE_READY);
        }
    }

    /** Returns false if the connection was refused, so that the request can be sent to another gateway. */
    private boolean isAnswered(HttpExchange exchange, GatewayProcess gateway, byte[] body) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = http.send(request(exchange, gateway, body), BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            fail(exchange, String.valueOf(e));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
        exchange.getResponseHeaders().set(GATEWAY, gateway.url());
        forward(response, exchange);
        return true;
    }

    private static HttpRequest request(HttpExchange exchange, GatewayProcess gateway, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url() + exchange.getRequestURI()))
                .timeout(LIMIT)
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    /** Parts of event streams are forwarded as they come. */
    private static void forward(HttpResponse<InputStream> response, HttpExchange exchange) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(response.statusCode(), response.statusCode() == 204 ? -1 : 0);
        try (InputStream in = response.body();
                OutputStream out = exchange.getResponseBody()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private static void fail(HttpExchange exchange, String cause) throws IOException {
        byte[] text = cause.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(LOST, text.length);
        exchange.getResponseBody().write(text);
    }

    @Override
    public void close() {
        checks.shutdownNow();
        server.stop(0);
        http.shutdownNow();
        threads.shutdownNow();
    }
}
