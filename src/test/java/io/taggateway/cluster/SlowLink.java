package io.taggateway.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A port from which connections are forwarded to a Redis. Responses are delivered late, or are held back. */
public final class SlowLink implements AutoCloseable {

    private static final Duration FOREVER = Duration.ofHours(1);

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Object change = new Object();
    private Duration delay = Duration.ZERO;
    private volatile RedisServer target;

    private SlowLink(ServerSocket server, RedisServer target) {
        this.server = server;
        this.target = target;
    }

    /** Opens a link that delivers at once. */
    public static SlowLink to(RedisServer target) {
        try {
            SlowLink link = new SlowLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            link.begin(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of {@code REDIS_URL}. */
    public String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    /** Delivers responses later than Redis sends them, also those that have been sent. */
    public void delay(Duration by) {
        synchronized (change) {
            delay = by;
            change.notifyAll();
        }
    }

    /** Delivers requests but no response, until there is a shorter delay. */
    public void holdResponses() {
        delay(FOREVER);
    }

    /** Forwards new connections to another server. Those that are open remain. */
    public void moveTo(RedisServer other) {
        target = other;
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            sockets.add(client);
            begin(() -> forward(client));
        }
    }

    private void forward(Socket client) throws IOException {
        try (client;
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
            sockets.add(redis);
            BlockingQueue<Part> responses = new LinkedBlockingQueue<>();
            begin(() -> receive(redis, responses));
            begin(() -> deliver(responses, client));
            client.getInputStream().transferTo(redis.getOutputStream());
        }
    }

    private static void receive(Socket redis, BlockingQueue<Part> responses) throws IOException {
        try (InputStream in = redis.getInputStream()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                responses.add(new Part(new String(buffer, 0, read, ISO_8859_1), System.nanoTime()));
            }
        } finally {
            responses.add(new Part("", System.nanoTime()));
        }
    }

    private void deliver(BlockingQueue<Part> responses, Socket client) throws IOException, InterruptedException {
        try (client) {
            OutputStream out = client.getOutputStream();
            for (Part part = responses.take(); !part.bytes.isEmpty(); part = responses.take()) {
                awaitDelay(part);
                out.write(part.bytes.getBytes(ISO_8859_1));
            }
        }
    }

    private void awaitDelay(Part part) throws InterruptedException {
        synchronized (change) {
            for (long left = left(part); left > 0; left = left(part)) {
                TimeUnit.NANOSECONDS.timedWait(change, left);
            }
        }
    }

    private long left(Part part) {
        return part.sentAt + delay.toNanos() - System.nanoTime();
    }

    /** Does a task that ends with its sockets. */
    private void begin(Task task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // A socket was closed
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that were received together, each as a character; none at the end. */
    private record Part(String bytes, long sentAt) {}

    /** A task that reads or writes. */
    private interface Task {

        void run() throws IOException, InterruptedException;
    }
}
