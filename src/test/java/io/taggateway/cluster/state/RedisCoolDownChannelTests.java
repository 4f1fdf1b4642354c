package io.taggateway.cluster.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.support.ConcurrentTest;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.guard.CoolDownChannel;
import io.taggateway.upstream.guard.CoolDownChannel.Account;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

@SlowTest
class RedisCoolDownChannelTests {

    private static final Account ACCOUNT = new Account(Tenant.DEFAULT, Vendor.SIPSIM);
    private static final Account OTHER = new Account(Tenant.DEFAULT, Vendor.SWIPEONE);
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private final AtomicLong passed = new AtomicLong();
    private final CoolDownChannel first =
            new RedisCoolDownChannel(connections.first(), () -> System.nanoTime() + passed.get());
    private final CoolDownChannel second = new RedisCoolDownChannel(connections.second(), System::nanoTime);

    @AfterEach
    void close() {
        connections.close();
    }

    @ConcurrentTest
    void coolDownIsPublishedToTheOtherReplicaOnly() {
        Queue<Duration> own = new ConcurrentLinkedQueue<>();
        Queue<Duration> others = new ConcurrentLinkedQueue<>();
        awaitSubscription();
        first.listen(ACCOUNT, own::add);
        second.listen(ACCOUNT, others::add);
        second.listen(OTHER, wait -> others.add(Duration.ZERO));

        await().until(() -> {
            first.publish(ACCOUNT, WAIT);
            return !others.isEmpty();
        });
        assertThat(own).isEmpty();
        assertThat(others).allMatch(wait -> wait.compareTo(WAIT) <= 0 && wait.compareTo(WAIT.dividedBy(2)) > 0);
    }

    /** When it has subscribed, a replica reads the cool-downs that have begun, its own included. */
    private void awaitSubscription() {
        Account account = new Account(new Tenant("acme"), Vendor.SIPSIM);
        Queue<Duration> received = new ConcurrentLinkedQueue<>();
        first.listen(account, received::add);
        await().until(() -> {
            second.publish(account, WAIT);
            return !received.isEmpty();
        });
    }

    @ConcurrentTest
    void coolDownIsFoundWhenItBeganBeforeTheStart() {
        first.publish(ACCOUNT, WAIT);
        Queue<Duration> others = new ConcurrentLinkedQueue<>();
        await().until(() -> {
            second.listen(ACCOUNT, others::add);
            return !others.isEmpty();
        });
        assertThat(others).allMatch(wait -> wait.compareTo(WAIT) <= 0);
    }

    @ConcurrentTest
    void listenerOfAClosedAccountIsNotCalled() {
        Queue<Duration> closed = new ConcurrentLinkedQueue<>();
        Queue<Duration> open = new ConcurrentLinkedQueue<>();
        Disposable listening = second.listen(ACCOUNT, closed::add);
        listening.dispose();
        second.listen(OTHER, open::add);
        await().until(() -> {
            first.publish(ACCOUNT, WAIT);
            first.publish(OTHER, WAIT);
            return !open.isEmpty();
        });
        assertThat(closed).isEmpty();
    }

    @ConcurrentTest
    void remainingTimeIsPublishedWhenRedisIsAvailableAgain() {
        Queue<Duration> others = new ConcurrentLinkedQueue<>();
        awaitSubscription();
        second.listen(ACCOUNT, others::add);
        connections.server().kill();
        first.publish(ACCOUNT, WAIT);
        passed.set(WAIT.dividedBy(2).toNanos());
        connections.server().restart();
        await().until(() -> !others.isEmpty());
        assertThat(others).allMatch(wait -> wait.compareTo(WAIT.dividedBy(2)) <= 0);
    }

    @ConcurrentTest
    void extendedCoolDownIsPublishedAfterTheAttemptsOfTheFirst() {
        Queue<Duration> others = new ConcurrentLinkedQueue<>();
        awaitSubscription();
        second.listen(ACCOUNT, others::add);
        connections.server().kill();
        first.publish(ACCOUNT, WAIT);
        passed.set(Duration.ofSeconds(40).toNanos());
        first.publish(ACCOUNT, WAIT.multipliedBy(4));
        passed.set(Duration.ofSeconds(70).toNanos());
        await().until(() -> !connections.first().isConnected());
        connections.server().restart();
        await().until(() -> !others.isEmpty());
        assertThat(others).allMatch(wait -> wait.compareTo(WAIT.multipliedBy(3)) <= 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "other\ndefault:sipsim\nx", "other\ndefault:sipsim\n-1", "other\ndefault:sipsim\n"})
    void messagesOfOtherProgramsAreIgnored(String message) {
        Queue<Duration> received = new ConcurrentLinkedQueue<>();
        awaitSubscription();
        second.listen(ACCOUNT, received::add);
        publish(message);
        publish("other\ndefault:sipsim\n999999999");
        await().until(() -> !received.isEmpty());
        assertThat(received).containsExactly(Duration.ofHours(1));
    }

    private void publish(String message) {
        connections
                .first()
                .command(commands -> commands.publish(
                        connections.first().key("cool-downs"), message.getBytes(StandardCharsets.UTF_8)))
                .block();
    }

    @ConcurrentTest
    void laterOfTwoCoolDownsIsPublished() {
        Queue<Duration> others = new ConcurrentLinkedQueue<>();
        awaitSubscription();
        second.listen(ACCOUNT, others::add);
        first.publish(ACCOUNT, WAIT);
        first.publish(ACCOUNT, WAIT.multipliedBy(2));
        first.publish(ACCOUNT, WAIT);
        await().until(() -> others.stream().anyMatch(wait -> wait.compareTo(WAIT) > 0));
        Queue<Duration> stored = new ConcurrentLinkedQueue<>();
        second.publish(ACCOUNT, WAIT);
        await().until(() -> {
            second.listen(ACCOUNT, stored::add);
            return !stored.isEmpty();
        });
        assertThat(stored).allMatch(wait -> wait.compareTo(WAIT) > 0);
    }
}
