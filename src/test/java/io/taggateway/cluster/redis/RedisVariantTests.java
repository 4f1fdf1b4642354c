package io.taggateway.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taggateway.cluster.RedisServer;
import io.taggateway.cluster.SlowLink;
import io.taggateway.support.ConcurrentTest;
import io.taggateway.support.SlowTest;
import io.taggateway.upstream.http.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are full, read-only, slow or reached through Sentinel. */
@SlowTest
class RedisVariantTests {

    private static final byte[] VALUE = {1, 2, 3};
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @ConcurrentTest
    void redisIsNotAvailableWhileItIsFull() {
        try (RedisServer redis = RedisServer.start("--maxmemory-policy", "noeviction");
                RedisConnection connection = open(redis.url())) {
            assertThat(set(connection)).isEqualTo("OK");
            configure(connection, "maxmemory", "1");
            Awaitility.await().atMost(LIMIT).until(() -> !connection.isConnected());
            assertThatThrownBy(() -> set(connection)).isInstanceOf(RedisUnavailableException.class);
        }
    }

    @ConcurrentTest
    void redisIsNotAvailableWhileItIsReadOnly() {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
                RedisConnection connection = open(replica.url())) {
            Awaitility.await().atMost(LIMIT).until(() -> !connection.isConnected());
        }
    }

    @ConcurrentTest
    void writesGoToThePromotedReplicaAfterAFailOver(@TempDir Path directory) throws Exception {
        try (RedisServer master = RedisServer.start();
                RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1", String.valueOf(master.port()))) {
            Path file = directory.resolve("sentinel.conf");
            Files.writeString(file, """
                sentinel monitor gateway 127.0.0.1 %d 1
                sentinel down-after-milliseconds gateway 500
                sentinel failover-timeout gateway 2000
                """.formatted(master.port()));
            try (RedisServer sentinel = RedisServer.sentinel(file);
                    RedisConnection connection = open("redis-sentinel://127.0.0.1:" + sentinel.port() + "#gateway")) {
                assertThat(set(connection)).isEqualTo("OK");
                Awaitility.await()
                        .atMost(LIMIT)
                        .ignoreExceptions()
                        .until(() -> replica.commands().info().contains("master_link_status:up"));
                Awaitility.await()
                        .atMost(LIMIT)
                        .ignoreExceptions()
                        .until(() -> sentinel.commands().info().contains("slaves=1"));
                master.kill();
                // Redis closes connections when its role changes
                Awaitility.await()
                        .atMost(LIMIT)
                        .ignoreExceptions()
                        .until(() -> replica.commands().info().contains("role:master"));
                Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> "OK".equals(set(connection)));
            }
        }
    }

    @ConcurrentTest
    void redisIsNotAvailableWhileItRespondsLaterThanTheTimeLimit() {
        try (RedisServer redis = RedisServer.start();
                SlowLink link = SlowLink.to(redis);
                RedisConnection connection = open(link.url(), Duration.ofMillis(200))) {
            Awaitility.await().atMost(LIMIT).until(connection::isConnected);
            link.delay(Duration.ofMillis(350));
            Awaitility.await().atMost(LIMIT).until(() -> !connection.isConnected());
            link.delay(Duration.ZERO);
            Awaitility.await().atMost(LIMIT).until(connection::isConnected);
        }
    }

    @ConcurrentTest
    void redisStaysAvailableWhenItRespondsSlowlyWithinTheTimeLimit() {
        try (RedisServer redis = RedisServer.start();
                SlowLink link = SlowLink.to(redis);
                RedisConnection connection = open(link.url(), LIMIT)) {
            link.delay(Duration.ofMillis(900));
            for (int command = 0; command < 5; command++) {
                assertThat(set(connection)).isEqualTo("OK");
            }
            assertThat(connection.isConnected()).isTrue();
        }
    }

    @ConcurrentTest
    void connectsToRedisThatRespondsSlowlyWithinTheTimeLimit() {
        try (RedisServer redis = RedisServer.start();
                SlowLink link = SlowLink.to(redis)) {
            link.delay(Duration.ofMillis(900));
            try (RedisConnection connection = open(link.url(), LIMIT)) {
                assertThat(connection.isConnected()).isTrue();
            }
        }
    }

    @ConcurrentTest
    void connectsLaterToRedisThatRespondsSlowlyWithinTheTimeLimit() {
        try (RedisServer redis = RedisServer.start();
                SlowLink link = SlowLink.to(redis)) {
            link.delay(Duration.ofMillis(900));
            redis.kill();
            try (RedisConnection late = open(link.url(), LIMIT)) {
                assertThat(late.isConnected()).isFalse();
                redis.restart();
                Awaitility.await().atMost(LIMIT.multipliedBy(2)).until(late::isConnected);
            }
        }
    }

    @ConcurrentTest
    void connectsAgainWhenADemotedRedisKeepsItsConnections() {
        try (RedisServer demoted = RedisServer.start();
                RedisServer promoted = RedisServer.start();
                SlowLink link = SlowLink.to(demoted);
                RedisConnection connection = open(link.url())) {
            CompletableFuture<byte[]> received = new CompletableFuture<>();
            connection.listen("test:news", new RedisListener() {
                @Override
                public void onMessage(byte[] message) {
                    received.complete(message);
                }

                @Override
                public void onSubscribed() {
                    // Only messages are tested
                }
            });
            assertThat(set(connection)).isEqualTo("OK");
            link.moveTo(promoted);
            connection
                    .command(commands -> commands.replicaof("127.0.0.1", promoted.port()))
                    .block();
            Awaitility.await().atMost(LIMIT).until(() -> !connection.isConnected());
            Awaitility.await().atMost(LIMIT).ignoreExceptions().until(() -> "OK".equals(set(connection)));
            assertThat(promoted.commands().info()).contains("role:master");
            connection.command(commands -> commands.publish("test:news", VALUE)).block();
            assertThat(received.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
                    .isEqualTo(VALUE);
        }
    }

    private static void configure(RedisConnection connection, String name, String value) {
        connection.command(commands -> commands.configSet(name, value)).block();
    }

    private static RedisConnection open(String url) {
        return open(url, Duration.ofSeconds(1));
    }

    private static RedisConnection open(String url, Duration timeout) {
        return RedisConnection.open(new ClusterProperties(new Secret(url), "test", timeout, false));
    }

    private static String set(RedisConnection connection) {
        return String.valueOf(
                connection.command(commands -> commands.set("test:a", VALUE)).block());
    }
}
