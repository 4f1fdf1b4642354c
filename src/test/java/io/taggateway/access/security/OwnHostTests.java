package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.RawConnection;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that requests with a foreign host name are refused (DNS rebinding). */
@SlowTest
class OwnHostTests {

    @Test
    void otherHostsAreRefusedOnlyWithRealCredentials() throws IOException {
        try (SandboxedGateway gateway =
                SandboxedGateway.start(Map.of("GATEWAY_SECURITY_HOSTS", "gw.example.com, Other"))) {
            RunningGateway running = gateway.gateway();
            for (String host :
                    new String[] {"evil.test", "evil.test:80", "localhost.evil.test", "127.0.0.1.evil.test"}) {
                assertThat(ask(running, host))
                        .startsWith("HTTP/1.1 403 ")
                        .contains("\"code\":\"BAD_REQUEST\"")
                        .doesNotContain("data");
            }
            for (String host : new String[] {
                "localhost", "LOCALHOST:1", "127.0.0.1:8080", "10.1.2.3", "[::1]", "gw.example.com:443", "other"
            }) {
                assertThat(ask(running, host)).startsWith("HTTP/1.1 200 ");
            }
            assertThat(gateway.sandbox().sipsim().requests()).isEmpty();
        }
        try (RunningGateway played = RunningGateway.start(Map.of())) {
            assertThat(ask(played, "evil.test")).startsWith("HTTP/1.1 200 ");
        }
    }

    private static String ask(RunningGateway gateway, String host) throws IOException {
        int port = gateway.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        try (RawConnection connection = RawConnection.open(port)) {
            return connection
                    .send(RawConnection.post("{ vendors { vendor } }").replace("Host: localhost", "Host: " + host))
                    .read();
        }
    }
}
