package io.taggateway.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends arbitrary bytes on WebSockets. */
final class RawSocket {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String HANDSHAKE = String.join(
            "\r\n",
            "GET /graphql HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Protocol: graphql-transport-ws",
            "",
            "");

    private RawSocket() {}

    /** A text message in one frame, which is masked with zeros. */
    static String frame(String message) {
        int length = message.length();
        String size = length < 126
                ? String.valueOf((char) (0x80 | length))
                : "" + (char) 0xfe + (char) (length >> 8) + (char) (length & 0xff);
        return "\u0081" + size + "\0\0\0\0" + message;
    }

    /**
     * Sends bytes on a new WebSocket. Returns the response until the gateway closes the connection, as no more bytes
     * follow.
     */
    static String send(int port, String bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(HANDSHAKE.getBytes(ISO_8859_1));
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            return head + conversation(socket, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String conversation(Socket socket, String bytes) {
        StringBuilder got = new StringBuilder();
        try {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            int next = socket.getInputStream().read();
            while (next >= 0) {
                got.append((char) next);
                next = socket.getInputStream().read();
            }
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException(e);
        } catch (IOException reset) {
            // The gateway may close the connection before it has read all
            return got.toString();
        }
        return got.toString();
    }
}
