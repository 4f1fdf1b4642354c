package io.taggateway.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.RedisException;
import io.taggateway.cluster.RedisServer;
import io.taggateway.support.ConcurrentTest;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.StartupException;
import io.taggateway.upstream.http.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;

@SlowTest
class RedisConnectionTests {

    private static final byte[] VALUE = {1, 2, 3};
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final RedisServer redis = RedisServer.start("--requirepass", "right");
    private final RedisConnection connection = RedisConnection.open(properties("right"));

    private ClusterProperties properties(String password) {
        return properties("redis://:" + password + "@127.0.0.1:" + redis.port(), Duration.ofMillis(500));
    }

    private static ClusterProperties properties(String url, Duration timeout) {
        return new ClusterProperties(new Secret(url), "test", timeout, false);
    }

    @AfterEach
    void close() {
        connection.close();
        redis.close();
    }

    @ConcurrentTest
    void commandReturnsItsResult() {
        assertThat(connection.isConnected()).isTrue();
        assertThat(connection
                        .command(redis -> redis.set(connection.key("a"), VALUE).then(redis.get("test:a")))
                        .block())
                .isEqualTo(VALUE);
    }

    @ConcurrentTest
    void startIsRefusedWithoutValueWhenPasswordIsWrong() {
        for (String password : new String[] {"wrong-password", ""}) {
            assertThatThrownBy(() -> RedisConnection.open(properties(password)))
                    .isInstanceOf(StartupException.class)
                    .hasMessage("Redis refuses the user or the password in REDIS_URL.");
        }
    }

    @ConcurrentTest
    void redisIsNotAvailableUntilItPermitsTheChannels() {
        permit(AclSetuserArgs.Builder.resetChannels());
        try (RedisConnection limited = RedisConnection.open(
                properties("redis://limited:any@127.0.0.1:" + redis.port(), Duration.ofMillis(500)))) {
            AtomicInteger subscriptions = subscriptions(limited);
            Awaitility.await().atMost(LIMIT).until(() -> !limited.isConnected());
            permit(AclSetuserArgs.Builder.allChannels());
            Awaitility.await().atMost(LIMIT).until(limited::isConnected);
            Awaitility.await().atMost(LIMIT).until(() -> subscriptions.get() == 1);
        }
    }

    @ConcurrentTest
    void redisIsNotAvailableWhenItRefusesToSubscribeAgain() {
        permit(AclSetuserArgs.Builder.resetChannels().channelPattern("test:*"));
        try (RedisConnection limited = RedisConnection.open(
                properties("redis://limited:any@127.0.0.1:" + redis.port(), Duration.ofMillis(500)))) {
            AtomicInteger subscriptions = subscriptions(limited);
            Awaitility.await().atMost(LIMIT).until(() -> subscriptions.get() == 1);
            // Redis closes connections that have a subscription to a forbidden channel
            permit(AclSetuserArgs.Builder.resetChannels());
            Awaitility.await().atMost(LIMIT).until(() -> !limited.isConnected());
            permit(AclSetuserArgs.Builder.allChannels());
            Awaitility.await().atMost(LIMIT).until(limited::isConnected);
            Awaitility.await().atMost(LIMIT).until(() -> subscriptions.get() > 1);
        }
    }

    /** The number of subscriptions to a channel. */
    private static AtomicInteger subscriptions(RedisConnection connection) {
        AtomicInteger subscriptions = new AtomicInteger();
        connection.listen("test:channel", new RedisListener() {
            @Override
            public void onMessage(byte[] message) {
                // Only the subscription is tested
            }

            @Override
            public void onSubscribed() {
                subscriptions.incrementAndGet();
            }
        });
        return subscriptions;
    }

    private void permit(AclSetuserArgs channels) {
        connection
                .command(commands -> commands.aclSetuser(
                        "limited", channels.on().allCommands().allKeys().addPassword("any")))
                .block();
    }

    @ConcurrentTest
    void commandsFailAtOnceWhileRedisIsNotAvailableAndSucceedAfterwards() {
        redis.kill();
        Awaitility.await().atMost(LIMIT).until(() -> !connection.isConnected());
        assertThatThrownBy(() ->
                        connection.command(commands -> commands.get("test:a")).block())
                .isInstanceOf(RedisUnavailableException.class);

        redis.restart();
        Awaitility.await().atMost(LIMIT).until(connection::isConnected);
        assertThat(connection.command(commands -> commands.set("test:a", VALUE)).block())
                .isEqualTo("OK");
    }

    @ConcurrentTest
    void commandFailsWithinItsTimeLimitWhileRedisIsPaused() {
        redis.pause();
        assertThatThrownBy(() ->
                        connection.command(commands -> commands.get("test:a")).block())
                .hasRootCauseInstanceOf(TimeoutException.class);
        Awaitility.await().atMost(LIMIT).until(() -> !connection.isConnected());

        redis.resume();
        Awaitility.await().atMost(LIMIT).until(connection::isConnected);
    }

    @ConcurrentTest
    void commandFailsWithRedisExceptionWhenItsConnectionIsReset() {
        try (RedisConnection patient =
                RedisConnection.open(properties("redis://:right@127.0.0.1:" + redis.port(), LIMIT))) {
            redis.pause();
            CompletableFuture<byte @Nullable []> pending =
                    patient.command(commands -> commands.get("test:a")).toFuture();
            // A command that Redis has received and not read
            patient.command(commands -> commands.get("test:b"))
                    .timeout(Duration.ofMillis(200))
                    .onErrorComplete()
                    .block();
            redis.kill();
            assertThatThrownBy(pending::join)
                    .cause()
                    .isInstanceOfAny(RedisException.class, RedisUnavailableException.class);
        }
    }

    @ConcurrentTest
    void repeatableCommandSucceedsAfterAShortPause() {
        redis.pause();
        CompletableFuture<byte @Nullable []> pending =
                connection.repeatable(commands -> commands.get("test:none")).toFuture();
        Mono.delay(Duration.ofMillis(600)).doOnNext(later -> redis.resume()).subscribe();
        assertThat(pending.join()).isNull();
    }

    @ConcurrentTest
    void connectsLaterWhenRedisStartsAfterGateway() {
        redis.kill();
        try (RedisConnection late = RedisConnection.open(properties("right"))) {
            assertThat(late.isConnected()).isFalse();

            redis.restart();
            Awaitility.await().atMost(LIMIT).until(late::isConnected);
        }
    }

    @ConcurrentTest
    void listenerReceivesMessagesAndIsNotifiedOfEachSubscription() {
        Queue<String> received = new ConcurrentLinkedQueue<>();
        connection.listen("test:news", new RedisListener() {
            @Override
            public void onMessage(byte[] message) {
                received.add(new String(message, StandardCharsets.UTF_8));
            }

            @Override
            public void onSubscribed() {
                received.add("subscribed");
            }
        });
        Awaitility.await().atMost(LIMIT).until(() -> received.contains("subscribed"));
        publish("one");
        publish("two");
        Awaitility.await().atMost(LIMIT).until(() -> received.contains("two"));

        redis.kill();
        redis.restart();
        Awaitility.await().atMost(LIMIT).until(() -> received.size() == 4);
        publish("three");
        Awaitility.await().atMost(LIMIT).until(() -> received.contains("three"));
        assertThat(received).containsExactly("subscribed", "one", "two", "subscribed", "three");
    }

    /** Repeats a command that is rejected, as its connection is not open again yet; it is not sent. */
    private void publish(String text) {
        Awaitility.await()
                .atMost(LIMIT)
                .ignoreExceptionsMatching(
                        error -> error instanceof RedisException || error instanceof RedisUnavailableException)
                .until(() -> connection
                                .command(commands ->
                                        commands.publish("test:news", text.getBytes(StandardCharsets.UTF_8)))
                                .block()
                        != null);
    }
}
