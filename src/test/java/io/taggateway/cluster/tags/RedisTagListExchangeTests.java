package io.taggateway.cluster.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.RedisServer;
import io.taggateway.cluster.SlowLink;
import io.taggateway.cluster.redis.ClusterProperties;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.support.ConcurrentTest;
import io.taggateway.support.SettableClock;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.cache.Freshness;
import io.taggateway.upstream.cache.TagListExchange.Account;
import io.taggateway.upstream.cache.TagListExchange.Change;
import io.taggateway.upstream.cache.TagListExchange.Member;
import io.taggateway.upstream.http.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas, each with the lists of two vendors. */
@SlowTest
class RedisTagListExchangeTests {

    private static final Tenant ACME = new Tenant("acme");
    private static final Freshness FRESHNESS =
            new Freshness(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1));
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final RedisServer redis = RedisServer.start();
    private final RedisConnection writing = RedisConnection.open(properties());
    private final RedisConnection reading = RedisConnection.open(properties());
    private final List<String> dropped = new CopyOnWriteArrayList<>();
    private final SettableClock clock = SettableClock.running();
    private final UnpublishedTokenFormat format = new UnpublishedTokenFormat(Duration.ofMinutes(5), clock);
    private final RedisTagListExchange writer = RedisTagListExchange.over(writing, FRESHNESS, clock);
    private final RedisTagListExchange reader = RedisTagListExchange.over(reading, FRESHNESS, clock);
    private final Member written = writer.join(account(ACME), Vendor.SIPSIM, change -> dropped.add("writer"));
    private final Member read = reader.join(account(ACME), Vendor.SIPSIM, change -> dropped.add("SIPSIM"));

    private static Account account(Tenant tenant) {
        return new Account(tenant, "test");
    }

    private ClusterProperties properties() {
        return properties(redis.url());
    }

    private static ClusterProperties properties(String url) {
        return new ClusterProperties(new Secret(url), "test", Duration.ofSeconds(2), false);
    }

    @BeforeEach
    void begin() {
        reader.join(account(ACME), Vendor.SWIPEONE, change -> dropped.add("SWIPEONE"));
        Member other = reader.join(account(Tenant.DEFAULT), Vendor.SIPSIM, change -> dropped.add("other tenant"));
        Member another =
                writer.join(account(Tenant.DEFAULT), Vendor.SIPSIM, change -> dropped.add("writer of other tenant"));
        await().atMost(LIMIT)
                .until(() ->
                        dropped.containsAll(List.of("writer", "SIPSIM", "SWIPEONE", "other tenant")) || subscribed());
        awaitEarlierMessages(other, another);
    }

    /** Redis delivers messages in order, so that none of those before is received later. */
    private void awaitEarlierMessages(Member other, Member another) {
        dropped.clear();
        other.publish(Change.UNKNOWN).block();
        another.publish(Change.UNKNOWN).block();
        await().atMost(LIMIT).until(() -> dropped.containsAll(List.of("other tenant", "writer of other tenant")));
        dropped.clear();
    }

    /** Both replicas receive messages. */
    private boolean subscribed() {
        written.publish(Change.UNKNOWN).block();
        read.publish(Change.UNKNOWN).block();
        return dropped.containsAll(List.of("writer", "SIPSIM"));
    }

    @AfterEach
    void close() {
        writing.close();
        reading.close();
        redis.close();
    }

    @ConcurrentTest
    void changeInvalidatesTheListOfItsVendorAndTenantInOtherReplicas() {
        written.publish(Change.UNKNOWN).block();
        await().atMost(LIMIT).until(() -> dropped.contains("SIPSIM"));
        assertThat(dropped).containsExactly("SIPSIM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "665f1c", "with space", "a/b", "\u00e9", "", "/d/x"})
    void tagOfAChangeIsReceived(String id) {
        List<Change> changes = new CopyOnWriteArrayList<>();
        reader.join(account(ACME), Vendor.SIPSIM, changes::add);
        written.publish(new Change(id, false)).block();
        written.publish(new Change(id, true)).block();
        written.publish(Change.UNKNOWN).block();
        await().atMost(LIMIT).until(() -> changes.size() == 3);
        assertThat(changes).containsExactly(new Change(id, false), new Change(id, true), Change.UNKNOWN);
    }

    @ConcurrentTest
    void messagesOfOtherProgramsAreIgnored() {
        for (String message : List.of("", "x", "1 a/u/%zz SIPSIM acme", "1 a/x/1 SIPSIM acme", "9 a OTHER acme")) {
            writing.command(commands -> commands.publish("test:tags", message.getBytes(StandardCharsets.UTF_8)))
                    .block();
        }
        written.publish(Change.UNKNOWN).block();
        await().atMost(LIMIT).until(() -> dropped.contains("SIPSIM"));
        assertThat(dropped).containsExactly("SIPSIM");
    }

    @ConcurrentTest
    void listIsInvalidatedWhenTheTokenOfItsChangeWasAwaited() {
        written.publish(Change.UNKNOWN).block();
        reader.await(ACME, writer.token(ACME)).block();
        assertThat(dropped).contains("SIPSIM");
    }

    @ConcurrentTest
    void tokenOfAKnownChangeInvalidatesNoList() {
        written.publish(Change.UNKNOWN).block();
        await().atMost(LIMIT).until(() -> dropped.contains("SIPSIM"));
        dropped.clear();
        reader.await(ACME, writer.token(ACME)).block();
        writer.await(ACME, writer.token(ACME)).block();
        assertThat(written.catchUp().block()).isFalse();
        assertThat(dropped).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zzzzzzzzzzzz",
                "zzzzzzzzzzzzzzzzzzzzzzz",
                "-1",
                "0",
                "u",
                "U",
                "u-",
                "u--0",
                "u-0-0",
                "u-zzzzzzzzzz-0",
                "text with spaces",
                "\u2028"
            })
    void anyOtherTextIsIgnoredAndDoesNotHideLaterChanges(String token) {
        written.publish(Change.UNKNOWN).block();
        await().atMost(LIMIT).until(() -> dropped.contains("SIPSIM"));
        dropped.clear();
        reader.await(ACME, token).block();
        assertThat(dropped).isEmpty();

        written.publish(Change.UNKNOWN).block();
        await().atMost(LIMIT).until(() -> dropped.contains("SIPSIM"));
    }

    @ConcurrentTest
    void allListsAreInvalidatedWhenMessagesWereMissed() {
        redis.kill();
        redis.restart();
        await().atMost(LIMIT).until(() -> dropped.containsAll(List.of("writer", "SIPSIM", "SWIPEONE", "other tenant")));
    }

    @ConcurrentTest
    void tokenInvalidatesListsWhileRedisIsNotAvailableAndForWritesDuringThatTime() {
        String before = writer.token(ACME);
        redis.pause();
        await().atMost(LIMIT).until(() -> !reading.isConnected() && !writing.isConnected());
        written.publish(Change.UNKNOWN).block();
        reader.await(ACME, before).block();
        assertThat(dropped).containsExactlyInAnyOrder("SIPSIM", "SWIPEONE");

        String unpublished = writer.token(ACME);
        redis.resume();
        await().atMost(LIMIT).until(reading::isConnected);
        await().atMost(LIMIT).until(() -> !writer.token(ACME).startsWith("u-"));
        await().atMost(LIMIT).until(() -> dropped.size() > 2);
        dropped.clear();
        reader.await(ACME, unpublished).block();
        assertThat(dropped).containsExactlyInAnyOrder("SIPSIM", "SWIPEONE");
        dropped.clear();
        reader.await(ACME, unpublished).block();
        assertThat(dropped).isEmpty();
    }

    @ConcurrentTest
    void tokenOfAnUnpublishedWriteHasNoEffectWhenOlderListsHaveExpired() {
        String early = format.issue();
        String late = format.issue();
        clock.advance(Duration.ofMinutes(5));
        reader.await(ACME, early).block();
        assertThat(dropped).contains("SIPSIM");
        dropped.clear();
        clock.advance(Duration.ofMinutes(2));
        reader.await(ACME, late).block();
        assertThat(dropped).isEmpty();
    }

    @ConcurrentTest
    void writeThatCouldNotBePublishedIsPublishedWhenRedisIsAvailable() {
        redis.pause();
        await().atMost(LIMIT).until(() -> !reading.isConnected() && !writing.isConnected());
        written.publish(Change.UNKNOWN).block();
        assertThat(writer.token(ACME)).startsWith("u-");
        redis.resume();
        await().atMost(LIMIT).until(() -> dropped.contains("SIPSIM"));
        await().atMost(LIMIT).until(() -> !writer.token(ACME).startsWith("u-"));
    }

    @ConcurrentTest
    void writeWhosePublicationTimedOutIsPublishedOnce() {
        try (SlowLink link = SlowLink.to(redis);
                RedisConnection slow = RedisConnection.open(properties(link.url()))) {
            RedisTagListExchange late = RedisTagListExchange.over(slow, FRESHNESS, clock);
            Member list = late.join(account(ACME), Vendor.SIPSIM, change -> {});
            link.holdResponses();
            list.publish(Change.UNKNOWN).block();
            assertThat(late.token(ACME)).startsWith("u-");
            await().atMost(LIMIT).until(() -> dropped.contains("SIPSIM"));
            link.delay(Duration.ZERO);
            await().atMost(LIMIT).until(() -> !late.token(ACME).startsWith("u-"));
            writer.join(account(ACME), Vendor.SWIPEONE, change -> {})
                    .publish(Change.UNKNOWN)
                    .block();
            await().atMost(LIMIT).until(() -> dropped.contains("SWIPEONE"));
            assertThat(dropped).containsOnlyOnce("SIPSIM", "writer");
        }
    }

    @ConcurrentTest
    void closedListIsNotInvalidated() {
        read.close();
        written.publish(Change.UNKNOWN).block();
        reader.await(ACME, writer.token(ACME)).block();
        assertThat(dropped).doesNotContain("SIPSIM");
    }
}
