package io.taggateway.tagging.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.tagging.model.LaggingListenerException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
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
    private static final Tag VIP = SampleFactory.tag(Vendor.SIPSIM, "1", "VIP");
    private static final Tag SPAM = SampleFactory.tag(Vendor.SIPSIM, "2", "Spam");

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
                        feed.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
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
                        SampleFactory.tag(number % 2 == 0 ? Vendor.SIPSIM : Vendor.SWIPEONE, "" + number, "T"),
                        SampleFactory.NOON))
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
                .then(() -> new ChangeFeed(256).publish(List.of(TagEvent.created(SPAM, SampleFactory.NOON))))
                .then(() -> feed.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON))))
                .expectNext(TagEvent.created(VIP, SampleFactory.NOON))
                .then(feed::end)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void feedsOverTheSameChannelsShareEvents() {
        EventChannel<TagEvent> channel = EventChannel.inProcess();
        ChangeFeed here = new ChangeFeed(4, channel, EventChannel.inProcess(), PollSchedule.LOCAL);
        ChangeFeed there = new ChangeFeed(4, channel, EventChannel.inProcess(), PollSchedule.LOCAL);
        StepVerifier.create(here.tags(event -> true))
                .then(() -> there.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON))))
                .expectNext(TagEvent.created(VIP, SampleFactory.NOON))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void eventWithoutSubscriberIsDropped() {
        feed.publish(List.of(TagEvent.created(SPAM, SampleFactory.NOON)));
        StepVerifier.create(feed.tags(event -> true))
                .then(() -> feed.publish(List.of(TagEvent.deleted(SPAM, SampleFactory.NOON))))
                .expectNext(TagEvent.deleted(SPAM, SampleFactory.NOON))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void subscriptionsCompleteWhenTheFeedHasEnded() {
        StepVerifier.create(feed.subjects(event -> true))
                .then(feed::end)
                .expectComplete()
                .verify(PATIENCE);
        feed.publish(List.of(TagEvent.created(VIP, SampleFactory.NOON)));
        StepVerifier.create(feed.tags(event -> true)).expectComplete().verify(PATIENCE);
    }

    @Test
    void eventIsNotPublishedWhenItRepeatsTheLastOne() {
        SubjectTagsEvent written =
                new SubjectTagsEvent(CALL, null, List.of(VIP, SPAM), List.of(SPAM), List.of(), SampleFactory.NOON);
        StepVerifier.create(feed.subjects(event -> true))
                .then(() -> feed.publish(written))
                .then(() -> hear(SPAM, VIP))
                .then(() -> hear(VIP))
                .expectNext(written)
                .expectNext(
                        new SubjectTagsEvent(CALL, null, List.of(VIP), List.of(), List.of(SPAM), SampleFactory.NOON))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void writeIsPublishedAlsoWhenItHasTheTagsOfTheLastEvent() {
        SubjectTagsEvent written =
                new SubjectTagsEvent(CALL, null, List.of(VIP), List.of(), List.of(SPAM), SampleFactory.NOON);
        StepVerifier.create(feed.subjects(event -> true))
                .then(() -> hear(VIP))
                .expectNext(SubjectTagsEvent.reported(CALL, List.of(VIP), SampleFactory.NOON))
                .then(() -> feed.publish(written))
                .expectNext(written)
                .thenCancel()
                .verify(PATIENCE);
    }

    private void hear(Tag... tags) {
        feed.publishIfChanged(SubjectTagsEvent.reported(CALL, List.of(tags), SampleFactory.NOON));
    }
}
