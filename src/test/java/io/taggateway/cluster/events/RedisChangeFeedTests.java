package io.taggateway.cluster.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.support.ConcurrentTest;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.SubjectTagsEvent;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The feeds of two replicas, each with a subscriber. */
@SlowTest
class RedisChangeFeedTests {

    private static final Tag VIP = SampleFactory.tag(Vendor.SIPSIM, "1", "VIP");
    private static final Tag SPAM = SampleFactory.tag(Vendor.SIPSIM, "2", "Spam");
    private static final String CALL = "sipsim:call:1";

    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private final ChangeFeed first = new RedisChangeFeedFactory(connections.first()).open(Tenant.DEFAULT, 256);
    private final RedisChangeFeedFactory others = new RedisChangeFeedFactory(connections.second());
    private final ChangeFeed second = others.open(Tenant.DEFAULT, 256);
    private final List<TagEvent> tagsOfFirst = new CopyOnWriteArrayList<>();
    private final List<TagEvent> tagsOfSecond = new CopyOnWriteArrayList<>();
    private final List<SubjectTagsEvent> subjectsOfSecond = new CopyOnWriteArrayList<>();

    /** Subscribes, and publishes until both replicas have subscribed to Redis. */
    @BeforeEach
    void subscribe() {
        first.tags(event -> true).subscribe(tagsOfFirst::add);
        second.tags(event -> true).subscribe(tagsOfSecond::add);
        second.subjects(event -> true).subscribe(subjectsOfSecond::add);
        await().until(() -> {
            first.publish(new SubjectTagsEvent("begin", null, null, null, null, SampleFactory.NOON));
            return !subjectsOfSecond.isEmpty();
        });
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @ConcurrentTest
    void everySubscriberReceivesEachEventOnceInOrder() {
        List<TagEvent> events = new ArrayList<>();
        IntStream.range(0, 50).forEach(i -> {
            TagEvent event =
                    TagEvent.created(SampleFactory.tag(Vendor.SIPSIM, "n" + i, "Tag " + i), SampleFactory.NOON);
            events.add(event);
            first.publish(List.of(event));
        });
        await().untilAsserted(() -> {
            assertThat(tagsOfFirst).hasSize(50);
            assertThat(tagsOfSecond).hasSize(50);
        });
        assertThat(tagsOfFirst).containsExactlyElementsOf(events);
        assertThat(tagsOfSecond)
                .extracting(TagEvent::tagId)
                .containsExactlyElementsOf(events.stream().map(TagEvent::tagId).toList());
    }

    @ConcurrentTest
    void changeReachesOtherReplicasWhenItsFeedHasEnded() {
        first.end();
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        await().until(() -> tagsOfSecond.size() == 1);
    }

    @ConcurrentTest
    void changeThatBothReplicasDetectIsPublishedOnce() {
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        awaitTags(1);
        second.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON), TagEvent.created(SPAM, SampleFactory.NOON)));
        awaitTags(2);
        first.publish(List.of(TagEvent.deleted(VIP, SampleFactory.NOON)));
        awaitTags(3);
        second.publish(List.of(TagEvent.deleted(VIP, SampleFactory.NOON)));
        second.publish(List.of(TagEvent.deleted(SPAM, SampleFactory.NOON)));
        awaitTags(4);
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        awaitTags(5);
    }

    private void awaitTags(int count) {
        await().untilAsserted(() -> {
            assertThat(tagsOfFirst).hasSize(count);
            assertThat(tagsOfSecond).hasSize(count);
        });
    }

    @ConcurrentTest
    void webhookOfAWriteThroughAnotherReplicaIsNotPublished() {
        SubjectTagsEvent written =
                new SubjectTagsEvent(CALL, null, List.of(VIP), List.of(VIP), List.of(), SampleFactory.NOON);
        first.publish(written);
        await().until(() -> subjectsOfSecond.contains(written));
        second.publishIfChanged(SubjectTagsEvent.reported(CALL, List.of(VIP), SampleFactory.NOON.plusSeconds(1)));
        second.publishIfChanged(SubjectTagsEvent.reported(CALL, List.of(SPAM), SampleFactory.NOON.plusSeconds(2)));
        await().until(() -> List.of(SPAM).equals(subjectsOfSecond.getLast().added()));
        assertThat(subjectsOfSecond)
                .filteredOn(event -> event.subjectId().equals(CALL))
                .hasSize(2);
    }

    @ConcurrentTest
    void eventsAreDeliveredToTheirTenantOnly() {
        List<TagEvent> ofOther = new CopyOnWriteArrayList<>();
        others.open(new Tenant("acme"), 256).tags(event -> true).subscribe(ofOther::add);
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        await().until(() -> !tagsOfSecond.isEmpty());
        assertThat(ofOther).isEmpty();
    }

    @ConcurrentTest
    void subscribersOfTheReplicaReceiveItsEventsWhenRedisIsNotAvailable() {
        connections.server().kill();
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        first.publish(List.of(TagEvent.created(SPAM, SampleFactory.NOON)));
        await().until(() -> tagsOfFirst.size() == 2);
        assertThat(tagsOfSecond).isEmpty();
    }

    @ConcurrentTest
    void changeBackToTheStateBeforeAnInterruptionIsPublished() {
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        awaitTags(1);
        connections.server().pause();
        await().until(() -> !connections.first().isConnected());
        first.publish(List.of(TagEvent.deleted(VIP, SampleFactory.NOON)));
        await().until(() -> tagsOfFirst.size() == 2);
        connections.server().resume();
        await().until(() -> connections.first().isConnected());
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        await().until(() -> tagsOfFirst.size() == 3);
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        first.publish(List.of(TagEvent.created(SPAM, SampleFactory.NOON)));
        await().until(() -> tagsOfFirst.stream().anyMatch(event -> event.tagId().equals(SPAM.id())));
        assertThat(tagsOfFirst).hasSize(4);
    }

    @ConcurrentTest
    void eventsAreDeliveredInOrderWhenRedisBecomesUnavailable() {
        connections.server().pause();
        List<TagEvent> events = IntStream.rangeClosed(0, 20)
                .mapToObj(i -> TagEvent.created(SampleFactory.tag(Vendor.SIPSIM, "n" + i, "Tag"), SampleFactory.NOON))
                .toList();
        events.subList(0, 20).forEach(event -> first.publish(List.of(event)));
        await().until(() -> !connections.first().isConnected());
        first.publish(List.of(events.getLast()));
        await().until(() -> tagsOfFirst.size() == events.size());
        assertThat(tagsOfFirst).containsExactlyElementsOf(events);
    }

    /** Other programs may have changed the tag meanwhile, which no replica has noticed. */
    @ConcurrentTest
    void changeToAStateThatWasPublishedEarlierIsPublished() {
        TagEvent event = TagEvent.created(VIP, SampleFactory.NOON);
        first.publish(List.of(event));
        awaitTags(1);
        String state = known().getFirst();
        Long remaining =
                connections.first().command(commands -> commands.pttl(state)).block();
        assertThat(remaining).isBetween(1L, Duration.ofMinutes(2).toMillis());
        connections.first().command(commands -> commands.pexpire(state, 1)).block();
        await().until(() -> known().isEmpty());
        second.publish(List.of(event));
        awaitTags(2);
    }

    private List<String> known() {
        return Objects.requireNonNull(connections
                .first()
                .command(commands -> commands.keys("*known*").collectList())
                .block());
    }

    @ConcurrentTest
    void messagesOfOtherProgramsAreIgnored() {
        for (String message : List.of("", "x", "tags:default\nother:1\nx\n[]", "tags:default\nother:1\n\n{")) {
            connections
                    .first()
                    .command(commands -> commands.publish("test:events", message.getBytes(StandardCharsets.UTF_8)))
                    .block();
        }
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        awaitTags(1);
    }

    @ConcurrentTest
    void feedReceivesEventsWhenOpenedAgain() {
        second.end();
        List<TagEvent> again = new CopyOnWriteArrayList<>();
        others.open(Tenant.DEFAULT, 256).tags(event -> true).subscribe(again::add);
        first.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        await().until(() -> again.size() == 1);
    }
}
