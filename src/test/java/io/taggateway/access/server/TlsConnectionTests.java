package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.RawConnection;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SelfSignedCertificate;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** Tests of the limits of HTTP/1.1 if TLS negotiates the protocol. */
@SlowTest
class TlsConnectionTests {

    private static RunningGateway gateway;
    private static SSLContext trust;
    private static int port;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("keys.p12");
        KeyStore keys = SelfSignedCertificate.create(file);
        trust = SslBundle.of(SslStoreBundle.of(null, null, keys)).createSslContext();
        gateway = RunningGateway.start(Map.of(
                "SERVER_HTTP2_ENABLED",
                "true",
                "server.ssl.key-store",
                file.toString(),
                "server.ssl.key-store-password",
                SelfSignedCertificate.PASSWORD,
                "GATEWAY_CONNECTIONS_HEAD_TIMEOUT",
                "1s"));
        port = gateway.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void requestsOfOneTlsConnectionAreServed() throws IOException {
        try (RawConnection connection = RawConnection.openTls(port, trust)) {
            connection.send(RawConnection.post("{ __typename }").repeat(40));
            for (int i = 0; i < 40; i++) {
                assertThat(connection.read()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void strictTransportSecurityIsSentOverTls() throws IOException {
        try (RawConnection connection = RawConnection.openTls(port, trust)) {
            connection.send(RawConnection.post("{ __typename }"));
            assertThat(connection.read()).contains("Strict-Transport-Security: max-age=31536000\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: a, b", "Host: localhost\r\nTransfer-Encoding: gzip, chunked"})
    void ambiguousHeadIsRefusedAndClosed(String lines) throws IOException {
        try (RawConnection connection = RawConnection.openTls(port, trust)) {
            connection.send("GET /livez HTTP/1.1\r\n" + lines + "\r\n\r\n");
            assertThat(connection.read()).matches("(?s)HTTP/1.1 (400|501) .*");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void connectionIsClosedWhenARequestHeadIsIncomplete() throws IOException {
        try (RawConnection connection = RawConnection.openTls(port, trust)) {
            connection.send("POST /graphql HTTP/1.1\r\nHost: loc");
            assertThat(connection.isClosed()).isTrue();
        }
    }
}
