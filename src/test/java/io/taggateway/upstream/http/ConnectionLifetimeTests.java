package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.upstream.guard.UpstreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of the maximum lifetime of connections. */
class ConnectionLifetimeTests {

    /** Sequential requests use up to two connections, as a response may arrive before its connection is free. */
    private static final int IN_TURN = 2;

    private final UpstreamFixture kit = new UpstreamFixture(new SettableClock(SampleFactory.NOON));
    private final RawServer server = new RawServer();
    private final List<UpstreamConnection> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(UpstreamConnection::close);
        kit.close();
        server.close();
    }

    @Test
    @Timeout(20)
    void connectionIsReplacedWhenItReachesItsMaximumLifetime() {
        UpstreamClient client = client(Duration.ofMillis(100));
        while (server.connections() < 2 * IN_TURN) {
            read(client);
        }
        assertThat(server.requests().getLast().connection()).isGreaterThanOrEqualTo(IN_TURN);
    }

    @Test
    void connectionIsKeptUntilItReachesItsMaximumLifetime() {
        UpstreamClient client = client(Duration.ofHours(1));
        for (int i = 0; i < 20; i++) {
            read(client);
        }
        assertThat(server.requests()).hasSize(20);
        // On a busy machine, more than one connection may not be free yet when the next request is sent
        assertThat(server.connections())
                .isBetween(
                        1,
                        UpstreamFixture.settings(UpstreamFixture.PATIENCE)
                                .limits()
                                .maxConnections());
    }

    private UpstreamClient client(Duration maxLifetime) {
        UpstreamSettings settings = UpstreamFixture.settings(UpstreamFixture.PATIENCE);
        UpstreamConnection connection =
                new UpstreamConnection(Vendor.SIPSIM, settings, kit.settings(settings), kit.upstream(), maxLifetime);
        opened.add(connection);
        return connection.client(server.baseUrl(), Credentials.fixed("x-api-key", "top-secret"));
    }

    private static void read(UpstreamClient client) {
        SourceAssertions.require(UpstreamFixture.send(client, UpstreamRequest.get("listTags", "/tags")));
    }
}
