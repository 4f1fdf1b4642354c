package io.taggateway.access.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.RawConnection;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tests that clients which do not read large responses are disconnected, and that no bytes remain. */
@SlowTest
class SlowReaderTests {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int READERS = 48;
    private static final int REQUESTS = 400;
    private static final String SCHEMA = "GET /graphql/schema HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<RawConnection> readers = new ArrayList<>();

    @Test
    void slowReadersAreDisconnectedAndNoBytesRemain() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(Map.of("GATEWAY_CONNECTIONS_WRITE_TIMEOUT", "1s"))) {
            int port = gateway.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            Gauge unsent = gateway.context()
                    .getBean(MeterRegistry.class)
                    .get("taggateway.unsent")
                    .gauge();
            long all = (long) REQUESTS * schemaLength(port);
            for (int i = 0; i < READERS; i++) {
                RawConnection reader = RawConnection.openSlow(port);
                readers.add(reader);
                reader.send(SCHEMA.repeat(REQUESTS));
            }
            await().atMost(SOON).until(() -> unsent.value() > 0);
            // No byte waits, too, before the first response to a connection is written
            await().atMost(SOON).until(() -> readers.stream().allMatch(SlowReaderTests::isDisconnected));
            await().atMost(SOON).until(() -> unsent.value() == 0);
            assertThat(drained()).hasSize(READERS).allMatch(length -> length < all);
            assertThat(unsent.value()).isZero();
        } finally {
            for (RawConnection reader : readers) {
                reader.close();
            }
        }
    }

    /** Empty lines before a request are ignored, and cannot be sent on a connection that the other end has closed. */
    private static boolean isDisconnected(RawConnection reader) {
        try {
            reader.send("\r\n");
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private static int schemaLength(int port) throws IOException {
        try (RawConnection connection = RawConnection.open(port)) {
            return connection.send(SCHEMA).read().length();
        }
    }

    /** Reads until each connection ends; fails if one is not closed. */
    private List<Long> drained() throws InterruptedException, ExecutionException {
        List<Long> lengths = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> drains =
                    readers.stream().map(reader -> each.submit(reader::drain)).toList();
            for (Future<Long> drain : drains) {
                lengths.add(drain.get());
            }
        }
        return lengths;
    }
}
