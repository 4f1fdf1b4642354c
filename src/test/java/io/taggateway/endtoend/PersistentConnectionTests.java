package io.taggateway.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests of a connection on which a client sends each request immediately after the last response. */
@GatewayTest
@SlowTest
class PersistentConnectionTests {

    private static final int CONNECTIONS = 60;
    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;

    PersistentConnectionTests(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void everyRequestOnAKeptConnectionIsServed() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                String head = execute(socket, "HEAD /graphiql/graphiql.min.js", "");
                assertThat(head).startsWith("HTTP/1.1 200");
                String etag = head.lines()
                        .filter(line -> line.startsWith("ETag: "))
                        .findFirst()
                        .orElseThrow();
                String condition = etag.replace("ETag", "If-None-Match") + "\r\n";
                assertThat(execute(socket, "GET /graphiql/graphiql.min.js", condition))
                        .startsWith("HTTP/1.1 304");
                assertThat(execute(socket, "GET /nothing", "")).startsWith("HTTP/1.1 404");
            }
        }
    }

    /** The head of the response. */
    private static String execute(Socket socket, String request, String headers) throws IOException {
        String message = request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
        socket.getOutputStream().write(message.getBytes(US_ASCII));
        InputStream response = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = response.read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
