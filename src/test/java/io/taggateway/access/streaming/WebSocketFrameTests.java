package io.taggateway.access.streaming;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests of WebSockets with clients that send single frames. */
@ExtendWith(OutputCaptureExtension.class)
@SlowTest
class WebSocketFrameTests {

    private static final int TEXT = 0x81;
    private static final int TEXT_BEGINNING = 0x01;
    private static final int CONTINUATION = 0x00;
    private static final int LAST_CONTINUATION = 0x80;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final String OFFER = "Sec-WebSocket-Protocol: graphql-transport-ws\r\n";

    private static SandboxedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = SandboxedGateway.start(Map.of());
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void onlyTheLastOfManyPingsGetsAPong() throws IOException {
        try (Connection connection = Connection.open(OFFER)) {
            ByteArrayOutputStream pings = new ByteArrayOutputStream();
            for (int ping = 1; ping <= 50; ping++) {
                pings.writeBytes(frame(PING, new byte[] {(byte) ping}));
            }
            connection.send(pings.toByteArray());
            List<Integer> answered = new ArrayList<>();
            while (!answered.contains(50)) {
                Frame frame = connection.read();
                assertThat(frame.opcode()).isEqualTo(PONG);
                answered.add((int) frame.payload()[0]);
            }
            assertThat(answered).hasSizeLessThan(10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PING, PONG})
    void floodOfControlFramesClosesWith1008(int opcode) throws IOException {
        try (Connection connection = Connection.open(OFFER)) {
            for (int frame = 0; frame <= 100; frame++) {
                connection.send(frame(opcode, new byte[0]));
            }
            assertThat(connection.closedWith()).isEqualTo(1008);
        }
    }

    @Test
    void otherConnectionsAreServedDuringAFloodOfPings() throws IOException {
        byte[] ping = frame(PING, new byte[0]);
        ByteArrayOutputStream pings = new ByteArrayOutputStream();
        for (int count = 0; count < 10_000; count++) {
            pings.writeBytes(ping);
        }
        try (Connection connection = Connection.open(OFFER)) {
            assertThat(connection.sendUntilClosed(pings.toByteArray(), 400)).isTrue();
        }
        assertThat(gateway.gateway().caller().texts("{ vendors { vendor } }", "vendors[*].vendor"))
                .isNotEmpty();
    }

    @Test
    void everyPingGetsAPongAtAnOrdinaryRate() throws IOException {
        try (Connection connection = Connection.open(OFFER)) {
            for (int ping = 1; ping <= 20; ping++) {
                connection.send(frame(PING, new byte[] {(byte) ping}));
                assertThat(connection.read().payload()).containsExactly(ping);
            }
        }
    }

    @Test
    void socketIsClosedWith1009WhenAMessageIsTooLong() throws IOException {
        byte[] half = "x".repeat(35 * 1024).getBytes(US_ASCII);
        try (Connection connection = Connection.open(OFFER)) {
            connection.send(frame(TEXT, "x".repeat(70 * 1024).getBytes(US_ASCII)));
            assertThat(connection.closedWith()).isEqualTo(1009);
        }
        try (Connection connection = Connection.open(OFFER)) {
            connection.send(frame(TEXT_BEGINNING, half));
            connection.send(frame(LAST_CONTINUATION, half));
            assertThat(connection.closedWith()).isEqualTo(1009);
        }
        try (Connection connection = Connection.open(OFFER)) {
            connection.send(frame(TEXT_BEGINNING, new byte[0]));
            for (int part = 0; part < 70; part++) {
                connection.send(frame(CONTINUATION, new byte[1024]));
            }
            assertThat(connection.closedWith()).isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "c0a2", "e080af", "eda080", "f08080af", "f4908080", "fffe", "c3", "e282"})
    void socketIsClosedWith1007WhenATextIsNotValidUtf8(String hex, CapturedOutput log) throws IOException {
        byte[] text = ("{\"type\":\"ping\",\"payload\":{\"x\":\""
                        + new String(HexFormat.of().parseHex(hex), ISO_8859_1) + "\"}}")
                .getBytes(ISO_8859_1);
        int middle = text.length - 4 - hex.length() / 4;
        try (Connection connection = Connection.open(OFFER)) {
            connection.send(frame(TEXT, text));
            assertThat(connection.closedWith()).isEqualTo(1007);
        }
        try (Connection connection = Connection.open(OFFER)) {
            connection.send(frame(TEXT_BEGINNING, Arrays.copyOf(text, middle)));
            connection.send(frame(LAST_CONTINUATION, Arrays.copyOfRange(text, middle, text.length)));
            assertThat(connection.closedWith()).isEqualTo(1007);
        }
        assertThat(log).doesNotContain("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "€", "\ud83d\ude00", "\uFFFD"})
    void textIsReadWhenACharacterIsSplitOverFrames(String character) throws IOException {
        byte[] text = ("{\"type\":\"ping\",\"payload\":{\"x\":\"" + character + "\"}}").getBytes(UTF_8);
        try (Connection connection = Connection.open(OFFER)) {
            connection.send(frame(TEXT_BEGINNING, Arrays.copyOf(text, text.length - 5)));
            connection.send(frame(LAST_CONTINUATION, Arrays.copyOfRange(text, text.length - 5, text.length)));
            assertThat(connection.read().opcode()).isEqualTo(TEXT);
        }
    }

    @Test
    void noErrorIsLoggedWhenClientDisconnectsWithinAMessage(CapturedOutput log) throws IOException {
        try (Connection connection = Connection.open(OFFER)) {
            connection.send(frame(TEXT_BEGINNING, new byte[100]));
            connection.send(frame(PING, new byte[] {1}));
            assertThat(connection.read().opcode()).isEqualTo(PONG);
        }
        await().until(() -> gateway.gateway()
                        .context()
                        .getBean(MeterRegistry.class)
                        .get("taggateway.streams")
                        .gauge()
                        .value()
                == 0);
        assertThat(log).doesNotContain("ERROR");
    }

    @Test
    void messageIsReadFromManyFrames() throws IOException {
        try (Connection connection = Connection.open(OFFER)) {
            for (int round = 0; round < 3; round++) {
                connection.send(frame(TEXT_BEGINNING, "{\"type\":".getBytes(US_ASCII)));
                connection.send(frame(PING, new byte[0]));
                connection.send(frame(LAST_CONTINUATION, ("\"ping\"" + " ".repeat(40_000) + "}").getBytes(US_ASCII)));
                assertThat(List.of(connection.read().opcode(), connection.read().opcode()))
                        .containsExactlyInAnyOrder(PONG, TEXT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "graphql-transport-ws",
                "graphql-ws, graphql-transport-ws",
                "graphql-transport-ws, graphql-ws",
                "graphql-ws,graphql-transport-ws",
                "  graphql-ws ,   graphql-transport-ws  ",
                "subscriptions-transport-ws, graphql-ws, graphql-transport-ws, other",
                "graphql-ws\r\nSec-WebSocket-Protocol: graphql-transport-ws",
                "graphql-transport-ws\r\nSec-WebSocket-Protocol: graphql-ws",
                "other, graphql-ws\r\nsec-websocket-protocol:graphql-ws , graphql-transport-ws"
            })
    void subprotocolIsAcceptedWhereverItIsOffered(String offered) throws IOException {
        try (Connection connection = Connection.open("Sec-WebSocket-Protocol: " + offered + "\r\n")) {
            assertThat(connection.head().toLowerCase(Locale.ROOT))
                    .containsOnlyOnce("sec-websocket-protocol: graphql-transport-ws\r\n")
                    .doesNotContain("graphql-ws");
            connection.send(frame(TEXT, "{\"type\":\"connection_init\"}".getBytes(US_ASCII)));
            assertThat(new String(connection.read().payload(), US_ASCII)).contains("connection_ack");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sec-WebSocket-Protocol: graphql-ws\r\n",
                "Sec-WebSocket-Protocol: graphql-transport-wss, x\r\n"
            })
    void otherSubprotocolsAreRefused(String header) throws IOException {
        try (Connection connection = Connection.open(header)) {
            assertThat(connection.closedWith()).isEqualTo(4406);
        }
    }

    private static byte[] frame(int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(0x80 | 126);
            frame.writeBytes(new byte[] {(byte) (payload.length >> 8), (byte) payload.length});
        } else {
            frame.write(0x80 | 127);
            frame.writeBytes(new byte[] {
                0,
                0,
                0,
                0,
                (byte) (payload.length >> 24),
                (byte) (payload.length >> 16),
                (byte) (payload.length >> 8),
                (byte) payload.length
            });
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** A frame from the gateway. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Frame(int opcode, byte[] payload) {}

    /** An open WebSocket. */
    private record Connection(Socket socket, DataInputStream in, String head) implements AutoCloseable {

        static Connection open(String headers) throws IOException {
            Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), URI.create(gateway.url()).getPort());
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    + headers + "\r\n")
                            .getBytes(US_ASCII));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) in.readUnsignedByte());
            }
            assertThat(head.toString()).startsWith("HTTP/1.1 101 ");
            return new Connection(socket, in, head.toString());
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** Sends repeatedly, or until the gateway has closed the connection. */
        boolean sendUntilClosed(byte[] bytes, int times) throws IOException {
            for (int time = 0; time < times; time++) {
                try {
                    send(bytes);
                } catch (SocketException e) {
                    return true;
                }
            }
            return false;
        }

        Frame read() throws IOException {
            int opcode = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            return new Frame(opcode, in.readNBytes(length < 126 ? length : in.readUnsignedShort()));
        }

        int closedWith() throws IOException {
            while (true) {
                Frame frame = read();
                if (frame.opcode() == CLOSE) {
                    return ByteBuffer.wrap(frame.payload()).getChar();
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
