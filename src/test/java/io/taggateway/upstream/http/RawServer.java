package io.taggateway.upstream.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A TCP server on the loopback interface that responds to each HTTP request with given bytes. */
public final class RawServer implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Script script = request -> json("{}");

    public RawServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The response. */
    public interface Script {

        /** The bytes of the response, as Latin-1; null to reset the connection. */
        @Nullable
        String answer(Request request);
    }

    /**
     * A received request.
     *
     * @param connection the number of its connection, from 0
     * @param number of the request on its connection, from 0
     */
    public record Request(int connection, int number, String head) {

        public String target() {
            return head.split(" ", 3)[1];
        }
    }

    public static String json(String body) {
        return json("Content-Type: application/json\r\n", body);
    }

    public static String json(String headers, String body) {
        String bytes = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return "HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s".formatted(headers, bytes.length(), bytes);
    }

    public void answer(Script changed) {
        script = changed;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The number of opened connections. */
    public int connections() {
        return connections.size();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/api";
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                int number = connections.size();
                connections.add(socket);
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int number = 0; ; number++) {
                String head = readHead(in);
                if (head.isEmpty()) {
                    return;
                }
                Request request = new Request(connection, number, head);
                requests.add(request);
                String response = script.answer(request);
                if (response == null) {
                    socket.setSoLinger(true, 0);
                    return;
                }
                socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The client has closed its connection.
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        for (String line : head.toString().split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                in.readNBytes(Integer.parseInt(line.substring(15).strip()));
            }
        }
        return head.toString();
    }
}
