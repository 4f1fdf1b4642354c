package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.RawConnection;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that both ports refuse request targets that a proxy may interpret in another way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SlowTest
class RequestTargetTests {

    private RunningGateway gateway;
    private int mainPort;
    private int managementPort;

    @BeforeAll
    void start() {
        gateway = RunningGateway.start(Map.of("management.server.port", "0"));
        mainPort = gateway.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        managementPort = gateway.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/graphql;x=1",
                "/graphql;.css",
                "/%67raphql",
                "/graphql%2f",
                "/graphql/schema;v=1",
                "//graphql",
                "/graphql//schema",
                "/actuator;x/prometheus",
                "/actuator/%70rometheus",
                "//actuator/prometheus",
                "/actuator\\prometheus",
                "/livez;x",
                "/graphql#x",
                "/graphiql/..;/graphql",
                "/graph\tql",
                "/graph\u007fql",
                "/graph\u00e4ql"
            })
    void ambiguousPathIsRefused(String path) throws IOException {
        for (int port : new int[] {mainPort, managementPort}) {
            for (String query : new String[] {"", "?query=%7B__typename%7D"}) {
                assertThat(ask(
                                port,
                                "GET " + path + query + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json"))
                        .startsWith("HTTP/1.1 400 ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: localhost\r\nHost: localhost",
                "Host: localhost\r\nHost: other",
                "Host: a, b",
                "Host: a b",
                "Host: a@b",
                "Host: a/b",
                "Host: ",
                "Host: a:b",
                "Host: [::1",
                "Host: localhost\r\nTransfer-Encoding: gzip, chunked",
                "Host: localhost\r\nTransfer-Encoding: identity",
                "Host: localhost\r\nTransfer-Encoding: chunked, chunked",
                "Host: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Host: localhost\r\nTransfer-Encoding: xchunked"
            })
    void ambiguousHeadIsRefusedAndClosed(String lines) throws IOException {
        for (int port : new int[] {mainPort, managementPort}) {
            try (RawConnection connection = RawConnection.open(port)) {
                connection.send("GET /livez HTTP/1.1\r\n" + (lines.isEmpty() ? "" : lines + "\r\n") + "\r\n");
                assertThat(connection.read()).matches("(?s)HTTP/1.1 (400|501) .*");
                assertThat(connection.isClosed()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8080", "127.0.0.1", "[::1]:8080", "tag-gateway.example.com:443", "a_b"})
    void hostIsAcceptedInEveryForm(String host) throws IOException {
        assertThat(ask(mainPort, "GET /livez HTTP/1.1\r\nHost: " + host)).startsWith("HTTP/1.1 200 ");
    }

    private static String ask(int port, String head) throws IOException {
        try (RawConnection connection = RawConnection.open(port)) {
            return connection.send(head + "\r\n\r\n").read();
        }
    }
}
