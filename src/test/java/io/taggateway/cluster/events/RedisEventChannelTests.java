package io.taggateway.cluster.events;

import static org.awaitility.Awaitility.await;

import io.taggateway.cluster.RedisConnectionPair;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.feed.EventChannel;
import io.taggateway.tagging.feed.EventChannelContract;
import io.taggateway.tagging.feed.SubjectTagsEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The channels of two replicas, which have subscribed to Redis. */
@SlowTest
@TestInstance(Lifecycle.PER_CLASS)
class RedisEventChannelTests extends EventChannelContract {

    private final RedisConnectionPair connections = RedisConnectionPair.open();
    private final RedisChangeFeedFactory firsts = new RedisChangeFeedFactory(connections.first());
    private final RedisChangeFeedFactory seconds = new RedisChangeFeedFactory(connections.second());
    private EventChannel<SubjectTagsEvent> first;
    private EventChannel<SubjectTagsEvent> second;

    /** Publishes in both directions until each replica receives the events of the other. */
    @BeforeAll
    void subscribe() {
        EventChannel<SubjectTagsEvent> one = firsts.open("begin", EventFormat.ofSubjects());
        EventChannel<SubjectTagsEvent> two = seconds.open("begin", EventFormat.ofSubjects());
        awaitEvent(one, two, 1);
        awaitEvent(two, one, 2);
    }

    private static void awaitEvent(EventChannel<SubjectTagsEvent> from, EventChannel<SubjectTagsEvent> to, int number) {
        AtomicBoolean received = new AtomicBoolean();
        to.events().filter(List.of(event(number))::equals).subscribe(events -> received.set(true));
        await().until(() -> {
            from.publish(List.of(event(number)));
            return received.get();
        });
    }

    @BeforeEach
    void open(TestInfo test) {
        first = firsts.open(test.getDisplayName(), EventFormat.ofSubjects());
        second = seconds.open(test.getDisplayName(), EventFormat.ofSubjects());
    }

    @AfterAll
    void close() {
        connections.close();
    }

    @Override
    protected EventChannel<SubjectTagsEvent> channel() {
        return first;
    }

    @Override
    protected EventChannel<SubjectTagsEvent> other() {
        return second;
    }
}
