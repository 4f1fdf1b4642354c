package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.RawConnection;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests that thousands of pipelined requests of one connection do not delay other connections. */
@SlowTest
class PipeliningTests {

    private static final int REQUESTS = 3_000;
    private static final int OTHERS = 20;

    @Test
    void otherConnectionsAreServedWhileOnePipelines() throws IOException {
        try (RunningGateway gateway = RunningGateway.start(Map.of())) {
            int port = gateway.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            AtomicInteger answered = new AtomicInteger();
            try (RawConnection greedy = RawConnection.open(port)) {
                CompletableFuture<Void> sent = CompletableFuture.runAsync(
                        () -> send(greedy, RawConnection.post("{ __typename }").repeat(REQUESTS)));
                CompletableFuture<Void> read = CompletableFuture.runAsync(() -> readAll(greedy, answered));
                await().until(() -> answered.get() > 0);
                for (int i = 0; i < OTHERS; i++) {
                    try (RawConnection other = RawConnection.open(port)) {
                        assertThat(other.send(RawConnection.post("{ __typename }"))
                                        .read())
                                .startsWith("HTTP/1.1 200 ");
                    }
                }
                assertThat(answered).hasValueLessThan(REQUESTS / 2);
                assertThat(CompletableFuture.allOf(sent, read)).succeedsWithin(Duration.ofMinutes(2));
                assertThat(answered).hasValue(REQUESTS);
            }
        }
    }

    private static void send(RawConnection connection, String requests) {
        try {
            connection.send(requests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readAll(RawConnection connection, AtomicInteger answered) {
        try {
            while (answered.get() < REQUESTS) {
                assertThat(connection.read()).startsWith("HTTP/1.1 200 ");
                answered.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
