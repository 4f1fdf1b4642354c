package io.taggateway.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection on which a test sends arbitrary bytes and reads the response. */
public final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1_024);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public static RawConnection open(int port) throws IOException {
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** A TLS connection that negotiates HTTP/1.1. */
    public static RawConnection openTls(int port, SSLContext trust) throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        socket.setSSLParameters(parameters);
        return new RawConnection(socket);
    }

    /** A connection with a small receive buffer. */
    public static RawConnection openSlow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1_024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawConnection(socket);
    }

    public RawConnection send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        return this;
    }

    /** A POST to {@code /graphql} of a query, with further lines in its head. */
    public static String post(String query, String... lines) {
        String body = "{\"query\": \"" + query + "\"}";
        String more = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
        return "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + more
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** The head of the next response, and its body if it has a length. */
    public String read() throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n", text.length() - 4) < 0) {
            text.append(next(text));
        }
        int length = text.toString()
                .lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        for (int i = 0; i < length; i++) {
            text.append(next(text));
        }
        return text.toString();
    }

    private char next(StringBuilder before) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new IOException("closed after: " + before);
        }
        return (char) next;
    }

    /** Waits until the peer closes, and returns whether it sent nothing more. */
    public boolean isClosed() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Reads until the peer closes, and returns the number of bytes. */
    public long drain() throws IOException {
        long count = 0;
        byte[] buffer = new byte[8_192];
        try {
            int read = in.read(buffer);
            while (read >= 0) {
                count += read;
                read = in.read(buffer);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return count;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
