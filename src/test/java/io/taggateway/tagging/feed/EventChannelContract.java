package io.taggateway.tagging.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.tagging.source.SampleFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

/** What every channel of events does. A channel is new in each test. */
public abstract class EventChannelContract {

    protected abstract EventChannel<SubjectTagsEvent> channel();

    /** A channel that receives the events of the first one, or else the first one. */
    protected abstract EventChannel<SubjectTagsEvent> other();

    protected static SubjectTagsEvent event(int call) {
        return new SubjectTagsEvent("sipsim:call:" + call, null, null, null, null, SampleFactory.NOON);
    }

    private static List<List<SubjectTagsEvent>> subscribe(EventChannel<SubjectTagsEvent> channel) {
        List<List<SubjectTagsEvent>> received = new CopyOnWriteArrayList<>();
        channel.events().subscribe(received::add);
        return received;
    }

    @Test
    void everySubscriberReceivesEachEventOnce() {
        List<List<SubjectTagsEvent>> own = subscribe(channel());
        List<List<SubjectTagsEvent>> ofOther = subscribe(other());
        List<List<SubjectTagsEvent>> events =
                IntStream.range(0, 20).mapToObj(i -> List.of(event(i))).toList();
        events.forEach(channel()::publish);
        await().untilAsserted(() -> {
            assertThat(own).containsExactlyInAnyOrderElementsOf(events);
            assertThat(ofOther).containsExactlyElementsOf(events);
        });
    }

    @Test
    void eventsThatWereDetectedTogetherAreReceivedTogether() {
        List<List<SubjectTagsEvent>> own = subscribe(channel());
        List<List<SubjectTagsEvent>> ofOther = subscribe(other());
        List<SubjectTagsEvent> events = List.of(event(1), event(2), event(3));
        channel().publish(events);
        await().untilAsserted(() -> {
            assertThat(own).containsExactly(events);
            assertThat(ofOther).containsExactly(events);
        });
    }

    @Test
    void subscriberReceivesNoEarlierEvents() {
        List<List<SubjectTagsEvent>> before = subscribe(other());
        channel().publish(List.of(event(1)));
        await().until(() -> before.size() == 1);
        List<List<SubjectTagsEvent>> after = subscribe(other());
        channel().publish(List.of(event(2)));
        await().untilAsserted(() -> assertThat(after).containsExactly(List.of(event(2))));
    }

    @Test
    void subscribersAreCountedUntilTheyCancel() {
        assertThat(channel().listeners()).isZero();
        Disposable first = channel().events().subscribe();
        Disposable second = channel().events().subscribe();
        assertThat(channel().listeners()).isEqualTo(2);
        first.dispose();
        second.dispose();
        assertThat(channel().listeners()).isZero();
    }

    @Test
    void endCompletesSubscribersAndThoseThatComeLater() {
        StepVerifier.create(channel().events())
                .then(() -> channel().end())
                .expectComplete()
                .verify();
        StepVerifier.create(channel().events()).expectComplete().verify();
    }
}
