package io.taggateway.tagging.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.tagging.model.LaggingListenerException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.Samples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

/** Tests of publishing to subscribers. */
class ChangeFeedTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CALL = "sipsim:call:1";
    private static final Tag VIP = Samples.tag(Vendor.SIPSIM, "1", "VIP");
    private static final Tag SPAM = Samples.tag(Vendor.SIPSIM, "2", "Spam");

    private final ChangeFeed feed = new ChangeFeed(4);

    @Test
    void onlyTheLaggingSubscriberIsEnded() {
        List<TagEvent> heard = new CopyOnWriteArrayList<>();
        Disposable attentive = feed.tags(event -> true).subscribe(heard::add);
        StepVerifier.create(feed.tags(event -> true), 0)
                .expectSubscription()
                .then(() -> {
                    for (int i = 1; i <= 20; i++) {
                        int told = i;
                        feed.publish(List.of(TagEvent.created(VIP, Samples.NOON)));
                        await().until(() -> heard.size() == told);
                    }
                    assertThat(feed.listeners()).isEqualTo(1);
                })
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(event -> true)
                .expectError(LaggingListenerException.class)
                .verify(PATIENCE);
        assertThat(heard).hasSize(20);
        attentive.dispose();
        assertThat(feed.listeners()).isZero();
    }

    @Test
    void batchOfEventsCountsAsOne() {
        List<TagEvent> events = IntStream.range(0, 1000)
                .mapToObj(number -> TagEvent.created(
                        Samples.tag(number % 2 == 0 ? Vendor.SIPSIM : Vendor.SWIPEONE, "" + number, "T"), Samples.NOON))
                .toList();
        StepVerifier.create(feed.tags(event -> event.vendor() == Vendor.SIPSIM), 1)
                .then(() -> feed.publish(events))
                .expectNext(events.getFirst())
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(499)
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void feedsAreSeparate() {
        StepVerifier.create(feed.tags(event -> true))
                .then(() -> new ChangeFeed(256).publish(List.of(TagEvent.created(SPAM, Samples.NOON))))
                .then(() -> feed.publish(List.of(TagEvent.created(VIP, Samples.NOON))))
                .expectNext(TagEvent.created(VIP, Samples.NOON))
                .then(feed::end)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void feedsOverTheSameChannelsShareEvents() {
        EventChannel<TagEvent> channel = new ChangeFeed.LocalChannel<>();
        ChangeFeed here = new ChangeFeed(4, channel, new ChangeFeed.LocalChannel<>());
        ChangeFeed there = new ChangeFeed(4, channel, new ChangeFeed.LocalChannel<>());
        StepVerifier.create(here.tags(event -> true))
                .then(() -> there.publish(List.of(TagEvent.created(VIP, Samples.NOON))))
                .expectNext(TagEvent.created(VIP, Samples.NOON))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void eventWithoutSubscriberIsDropped() {
        feed.publish(List.of(TagEvent.created(SPAM, Samples.NOON)));
        StepVerifier.create(feed.tags(event -> true))
                .then(() -> feed.publish(List.of(TagEvent.deleted(SPAM, Samples.NOON))))
                .expectNext(TagEvent.deleted(SPAM, Samples.NOON))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void listenersAreLetGoAtTheEndAndLaterOnesAtOnce() {
        StepVerifier.create(feed.subjects(event -> true))
                .then(feed::end)
                .expectComplete()
                .verify(PATIENCE);
        feed.publish(List.of(TagEvent.created(VIP, Samples.NOON)));
        StepVerifier.create(feed.tags(event -> true)).expectComplete().verify(PATIENCE);
    }

    @Test
    void eventThatRepeatsTheLastOneIsNotPublished() {
        SubjectTagsEvent written =
                new SubjectTagsEvent(CALL, null, List.of(VIP, SPAM), List.of(SPAM), List.of(), Samples.NOON);
        StepVerifier.create(feed.subjects(event -> true))
                .then(() -> feed.publish(written))
                .then(() -> hear(SPAM, VIP))
                .then(() -> hear(VIP))
                .expectNext(written)
                .expectNext(new SubjectTagsEvent(CALL, null, List.of(VIP), List.of(), List.of(SPAM), Samples.NOON))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void writeIsPublishedEvenWithTheTagsOfTheLastEvent() {
        SubjectTagsEvent written =
                new SubjectTagsEvent(CALL, null, List.of(VIP), List.of(), List.of(SPAM), Samples.NOON);
        StepVerifier.create(feed.subjects(event -> true))
                .then(() -> hear(VIP))
                .expectNext(SubjectTagsEvent.heard(CALL, List.of(VIP), Samples.NOON))
                .then(() -> feed.publish(written))
                .expectNext(written)
                .thenCancel()
                .verify(PATIENCE);
    }

    private void hear(Tag... tags) {
        feed.publishIfChanged(SubjectTagsEvent.heard(CALL, List.of(tags), Samples.NOON));
    }
}
