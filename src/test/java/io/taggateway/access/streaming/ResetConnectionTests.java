package io.taggateway.access.streaming;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that nothing remains of event streams and WebSockets whose clients reset the connection. */
@SlowTest
class ResetConnectionTests {

    private static final int RESETS = 1_100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String QUERY = "{\"query\":\"subscription { tagChanged { kind } }\"}";
    private static final byte[] REQUEST = ("POST /graphql HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: "
                    + QUERY.length() + "\r\n\r\n" + QUERY)
            .getBytes(US_ASCII);
    private static final byte[] HANDSHAKE = """
        GET /graphql HTTP/1.1
        Host: localhost
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Protocol: graphql-transport-ws

        """.replace("\n", "\r\n").getBytes(US_ASCII);

    @Test
    void subscriberIsServedAfterMoreResetsThanAllowedConnections() throws IOException {
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.of())) {
            int port = URI.create(gateway.url()).getPort();
            for (int reset = 0; reset < RESETS; reset++) {
                try (Socket socket = request(port)) {
                    socket.setSoLinger(true, 0);
                }
            }
            await().atMost(PATIENCE).until(() -> streams(gateway) == 0 && listeners(gateway) == 0);
            try (Socket socket = request(port);
                    BufferedReader events =
                            new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
                await().atMost(PATIENCE).until(() -> listeners(gateway) == 1);
                gateway.gateway()
                        .feed()
                        .publish(List.of(
                                TagEvent.created(SampleFactory.tag(Vendor.SIPSIM, "1", "VIP"), SampleFactory.NOON)));
                assertThat(events.lines()
                                .filter(line -> line.startsWith("data:"))
                                .findFirst())
                        .hasValueSatisfying(line -> assertThat(line).contains("CREATED"));
            }
        }
    }

    @Test
    void resetHandshakesDoNotCountAsConnections() throws IOException {
        try (SandboxedGateway gateway = SandboxedGateway.start(Map.of())) {
            int port = URI.create(gateway.url()).getPort();
            for (int reset = 0; reset < RESETS; reset++) {
                try (Socket socket = send(port, HANDSHAKE)) {
                    socket.setSoLinger(true, 0);
                }
            }
            await().atMost(PATIENCE).until(() -> streams(gateway) == 0);
            SocketClient client = new SocketClient();
            SocketClient.open(client, gateway.url(), "subscription { tagChanged { kind } }");
            await().atMost(PATIENCE).until(() -> listeners(gateway) == 1);
        }
    }

    private static Socket request(int port) throws IOException {
        return send(port, REQUEST);
    }

    private static Socket send(int port, byte[] bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(bytes);
        return socket;
    }

    private static double streams(SandboxedGateway gateway) {
        return gateway.gateway()
                .context()
                .getBean(MeterRegistry.class)
                .get("taggateway.streams")
                .gauge()
                .value();
    }

    private static int listeners(SandboxedGateway gateway) {
        return gateway.gateway().feed().listeners();
    }
}
