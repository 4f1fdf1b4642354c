package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.access.security.CallerTransport.Socket;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of WebSockets of callers whose tenant is removed from the file of tenants, or changed in it. */
@SlowTest
class WithdrawnTenantTests {

    @Test
    void closesWebSocketsWhenTenantIsNoLongerConfigured(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("tenants.yml");
        write(file, tenant("acme", "1") + tenant("bolt", "1"));
        try (RunningGateway gateway = RunningGateway.start(Map.of(
                        "GATEWAY_SECURITY_MODE", "api-key",
                        "GATEWAY_TENANTS_FILE", file.toString(),
                        "GATEWAY_RELOAD_INTERVAL", "50ms",
                        "gateway.security.api-keys.acme.sha256", ApiKeyDigest.of("a"),
                        "gateway.security.api-keys.acme.tenant", "acme",
                        "gateway.security.api-keys.acme.scopes", "tags.read",
                        "gateway.security.api-keys.bolt.sha256", ApiKeyDigest.of("b"),
                        "gateway.security.api-keys.bolt.tenant", "bolt",
                        "gateway.security.api-keys.bolt.scopes", "tags.read"));
                Socket byPayload = open(gateway, Map.of(), Map.of("X-API-Key", "a"));
                Socket byHeaders = open(gateway, Map.of("X-API-Key", "a"), Map.of());
                Socket ofAnother = open(gateway, Map.of(), Map.of("X-API-Key", "b"))) {
            byPayload.subscribe();
            write(file, tenant("bolt", "2"));
            assertThat(byPayload.closed()).isEqualTo(4403);
            assertThat(byHeaders.closed()).isEqualTo(4403);
            assertThat(ofAnother.isClosed()).isFalse();
        }
    }

    private static Socket open(RunningGateway gateway, Map<String, String> headers, Map<String, String> payload) {
        Socket socket = Socket.open(gateway.caller().url(), headers, payload);
        assertThat(socket.acknowledged()).isZero();
        return socket;
    }

    private static String tenant(String name, String token) {
        return "    " + name + ": {vendors: {sipsim: {access-token: t" + token + "}}}\n";
    }

    private static void write(Path file, String tenants) throws IOException {
        Path whole = Files.writeString(file.resolveSibling("next.yml"), "gateway:\n  tenants:\n" + tenants);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
