package io.taggateway.cluster.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.KillArgs;
import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.cluster.RedisServer;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.support.ConcurrentTest;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tag.TagDetails;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import io.taggateway.upstream.cache.Freshness;
import io.taggateway.upstream.cache.TagListExchange.Account;
import io.taggateway.upstream.cache.TagListExchange.Change;
import io.taggateway.upstream.cache.TagListExchange.Member;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tests of tag lists that one replica stores for others. */
@SlowTest
class StoredTagListTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Tenant ACME = new Tenant("acme");
    private static final Account ACCOUNT = new Account(ACME, "one");
    private static final String GENERATION = "test:tags:generation:{acme}";
    private static final String KEY = "test:tags:list:1:sipsim:acme:one";

    private final Clock clock = Clock.systemUTC();
    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private final RedisServer redis = connections.server();
    private final RedisConnection connection = connections.first();
    private final RedisConnection other = connections.second();
    private final AtomicInteger requests = new AtomicInteger();

    private Member replica(RedisConnection redisConnection, Account account, Vendor vendor) {
        Freshness freshness = new Freshness(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1));
        return RedisTagListExchange.over(redisConnection, freshness, clock).join(account, vendor, change -> {});
    }

    private Member replica() {
        return replica(connection, ACCOUNT, Vendor.SIPSIM);
    }

    private Member anotherReplica() {
        return replica(other, ACCOUNT, Vendor.SIPSIM);
    }

    @AfterEach
    void close() {
        connections.close();
    }

    private static Tag tag(String id) {
        return Tag.of(
                Vendor.SIPSIM,
                id,
                "Name " + id,
                "key-" + id,
                new Color("#00FF00", "lime"),
                new TagDetails("text", true, Map.of("id", 7, "share", new BigDecimal("0.10"))));
    }

    private TagList list(Duration age) {
        return TagList.of(List.of(tag("1"), tag("2")), clock.instant().minus(age));
    }

    private Mono<TagList> vendor(TagList list) {
        return Mono.fromCallable(() -> {
            requests.incrementAndGet();
            return list;
        });
    }

    private void store(Duration age) {
        assertThat(load(replica(), vendor(list(age)), false)).isNotNull();
        await().atMost(LIMIT).until(() -> stored() == 1);
        requests.set(0);
    }

    private long stored() {
        return stored("one");
    }

    private long stored(String account) {
        return stored(account, "acme");
    }

    private long stored(String account, String tenant) {
        return redis.commands().exists(KEY.replace("one", account).replace("acme", tenant));
    }

    private static TagList load(Member replica, Mono<TagList> request, boolean afresh) {
        return Objects.requireNonNull(replica.load(request, afresh).block(LIMIT));
    }

    private TagList load(Member replica) {
        return load(replica, vendor(TagList.of(List.of(), clock.instant()).incomplete()), false);
    }

    @ConcurrentTest
    void listThatAnotherReplicaHasLoadedIsReturnedWithItsAge() {
        store(Duration.ofSeconds(10));
        TagList found = load(anotherReplica());
        assertThat(requests).hasValue(0);
        assertThat(found.tags()).isEqualTo(list(Duration.ZERO).tags());
        assertThat(found.isComplete()).isTrue();
        assertThat(Duration.between(found.fetchedAt(), clock.instant()))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
    }

    @ConcurrentTest
    void vendorRequestIsSentWhenAReplicaReloadsTheList() {
        store(Duration.ZERO);
        assertThat(load(anotherReplica(), vendor(list(Duration.ZERO)), true)).isNotNull();
        assertThat(requests).hasValue(1);
    }

    @ConcurrentTest
    void vendorRequestIsSentWhenAnyReplicaHasPublishedAChange() {
        store(Duration.ZERO);
        replica(connection, new Account(ACME, "two"), Vendor.SWIPEONE)
                .publish(Change.UNKNOWN)
                .block();
        load(anotherReplica());
        assertThat(requests).hasValue(1);
    }

    @ConcurrentTest
    void listIsNotUsedWhenItWasRequestedBeforeAChange() {
        Member slow = replica();
        Sinks.One<TagList> response = Sinks.one();
        slow.load(response.asMono().doOnSubscribe(begun -> requests.incrementAndGet()), false)
                .subscribe();
        await().atMost(LIMIT).until(() -> requests.get() == 1);
        Member writer = anotherReplica();
        writer.publish(Change.UNKNOWN).block();
        redis.commands().del("test:tags:recent:{acme}");
        load(writer, vendor(list(Duration.ZERO)), true);
        await().atMost(LIMIT).until(() -> stored() == 1);
        response.tryEmitValue(TagList.of(List.of(tag("older")), clock.instant()));
        requests.set(0);
        try (RedisConnection reading = connections.another()) {
            Member reader = replica(reading, ACCOUNT, Vendor.SIPSIM);
            for (int i = 0; i < 50; i++) {
                assertThat(load(reader).tags()).hasSize(2);
            }
        }
        assertThat(requests).hasValue(0);
    }

    @ConcurrentTest
    void vendorRequestIsSentWhenTheStoredListMayLackAnOwnChange() {
        store(Duration.ofSeconds(5));
        Member writer = anotherReplica();
        redis.pause();
        await().atMost(LIMIT).until(() -> !other.isConnected());
        writer.publish(Change.UNKNOWN).block();
        redis.resume();
        await().atMost(LIMIT).until(other::isConnected);
        load(writer);
        assertThat(requests).hasValue(1);
    }

    @ConcurrentTest
    void listIsRequestedAfterAFailOverThatLostTheNumberOfAChange() {
        store(Duration.ZERO);
        anotherReplica().publish(Change.UNKNOWN).block();
        redis.commands().del(GENERATION);
        redis.commands().clientKill(KillArgs.Builder.typePubsub());
        await().atMost(LIMIT).until(() -> redis.commands().exists(GENERATION) == 1);
        load(replica());
        assertThat(requests).hasValue(1);
    }

    @ConcurrentTest
    void listThatMayLagBehindAChangeIsNotStored() {
        Member writer = anotherReplica();
        writer.publish(Change.UNKNOWN).block();
        load(writer, vendor(list(Duration.ZERO)), false);
        Account sentinel = new Account(new Tenant("bolt"), "one");
        load(replica(connection, sentinel, Vendor.SIPSIM), vendor(list(Duration.ZERO)), false);
        await().atMost(LIMIT).until(() -> stored("one", "bolt") == 1);
        assertThat(stored()).isZero();
    }

    @ConcurrentTest
    void listOfAnotherAccountOrVendorIsNotUsed() {
        store(Duration.ZERO);
        load(replica(other, new Account(ACME, "two"), Vendor.SIPSIM));
        load(replica(other, new Account(Tenant.DEFAULT, "one"), Vendor.SIPSIM));
        load(replica(other, ACCOUNT, Vendor.SWIPEONE));
        assertThat(requests).hasValue(3);
    }

    @ConcurrentTest
    void incompleteOldAndHugeListsAreNotStored() {
        List<Tag> huge = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            huge.add(Tag.of(
                    Vendor.SIPSIM,
                    "id" + i,
                    "x".repeat(10_000),
                    null,
                    Color.read(null),
                    new TagDetails(null, true, Map.of())));
        }
        load(replica(), vendor(list(Duration.ZERO).incomplete()), false);
        load(replica(), vendor(list(Duration.ofSeconds(31))), false);
        load(replica(), vendor(TagList.of(huge, clock.instant())), false);
        load(replica(connection, new Account(ACME, "two"), Vendor.SIPSIM), vendor(list(Duration.ZERO)), false);
        await().atMost(LIMIT).until(() -> stored("two") == 1);
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "[]", "{\"id\": 1}", "\u0000\u001f\u008b"})
    void invalidContentInRedisIsIgnored(String content) {
        store(Duration.ZERO);
        redis.commands().hset(KEY, "list", content.getBytes(StandardCharsets.UTF_8));
        load(anotherReplica());
        assertThat(requests).hasValue(1);
        redis.commands().hset(KEY, "at", "x".getBytes(StandardCharsets.UTF_8));
        load(anotherReplica());
        redis.commands().del(KEY);
        redis.commands().set(KEY, content.getBytes(StandardCharsets.UTF_8));
        load(anotherReplica());
        assertThat(requests).hasValue(3);
    }

    @ConcurrentTest
    void vendorRequestIsSentWhileRedisIsNotAvailable() {
        store(Duration.ZERO);
        Member replica = anotherReplica();
        redis.pause();
        load(replica);
        await().atMost(LIMIT).until(() -> !other.isConnected());
        load(replica);
        assertThat(requests).hasValue(2);
    }

    @ConcurrentTest
    void errorOfTheVendorIsReturned() {
        Member replica = replica();
        Mono<TagList> failing = Mono.error(new IllegalStateException("vendor"));
        assertThat(replica.load(failing, false)
                        .onErrorReturn(TagList.of(List.of(), Instant.EPOCH))
                        .block())
                .returns(Instant.EPOCH, TagList::fetchedAt);
    }
}
