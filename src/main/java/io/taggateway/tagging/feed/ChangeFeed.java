package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.LaggingListenerException;
import io.taggateway.tagging.model.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Publishes changes to everybody who listens. No publisher waits for a listener, and no listener for another: one that
 * lags behind by more than its buffer is cut off with an error.
 */
public final class ChangeFeed {

    private static final int REMEMBERED_SUBJECTS = 10_000;

    private final int buffer;
    private final EventChannel<TagEvent> tags;
    private final EventChannel<SubjectTagsEvent> subjects;
    private final Map<String, List<Tag>> lastTags = new LastUsed();

    /**
     * A feed within this process.
     *
     * @param buffer how many events a listener may lag behind, all that are published at once being one
     */
    public ChangeFeed(int buffer) {
        this(buffer, new LocalChannel<>(), new LocalChannel<>());
    }

    /** A feed over channels that may reach other processes too. */
    public ChangeFeed(int buffer, EventChannel<TagEvent> tags, EventChannel<SubjectTagsEvent> subjects) {
        this.buffer = buffer;
        this.tags = tags;
        this.subjects = subjects;
    }

    /** Publishes changes of tags that were found out at once, which count as one in the listeners' buffers. */
    public void publish(List<TagEvent> events) {
        if (!events.isEmpty()) {
            tags.publish(events);
        }
    }

    /** Publishes what a write of the gateway's own has done to the tags on something. */
    public void publish(SubjectTagsEvent event) {
        synchronized (lastTags) {
            remember(event.subjectId(), event);
            subjects.publish(List.of(event));
        }
    }

    /** Publishes a change by another program, unless the same tags were published last. */
    public void publishIfChanged(SubjectTagsEvent event) {
        String subjectId = event.subjectId();
        synchronized (lastTags) {
            List<Tag> before = lastTags.get(subjectId);
            List<Tag> now = event.tags();
            if (before != null && now != null && ids(before).equals(ids(now))) {
                return;
            }
            remember(subjectId, event);
            subjects.publish(List.of(before == null ? event : event.since(before)));
        }
    }

    /** The changes of tags from now on. */
    public Flux<TagEvent> tags(Predicate<TagEvent> wanted) {
        return listen(tags, wanted);
    }

    /** The changes of the tags on calls and contacts from now on. */
    public Flux<SubjectTagsEvent> subjects(Predicate<SubjectTagsEvent> wanted) {
        return listen(subjects, wanted);
    }

    /** How many listen. */
    public int listeners() {
        return tags.listeners() + subjects.listeners();
    }

    /** Lets every listener go; there is nothing more to come. */
    public void end() {
        tags.end();
        subjects.end();
    }

    private void remember(String subjectId, SubjectTagsEvent event) {
        if (event.tags() == null) {
            lastTags.remove(subjectId);
        } else {
            lastTags.put(subjectId, event.tags());
        }
    }

    private static Set<String> ids(List<Tag> tags) {
        return tags.stream().map(Tag::id).collect(Collectors.toSet());
    }

    private <T> Flux<T> listen(EventChannel<T> channel, Predicate<T> wanted) {
        return channel.events()
                .map(events -> events.stream().filter(wanted).toList())
                .filter(events -> !events.isEmpty())
                .onBackpressureBuffer(buffer)
                .onErrorMap(Exceptions::isOverflow, error -> new LaggingListenerException())
                .publishOn(Schedulers.parallel(), 1)
                .concatMapIterable(Function.identity(), 1);
    }

    /** A channel within this process. */
    static final class LocalChannel<T> implements EventChannel<T> {

        private final Sinks.Many<List<T>> sink = Sinks.many().multicast().directBestEffort();

        /** Each listener only queues what it gets, so that this takes no time. */
        @Override
        public synchronized void publish(List<T> events) {
            Sinks.EmitResult result = sink.tryEmitNext(events);
            if (result == Sinks.EmitResult.FAIL_NON_SERIALIZED || result == Sinks.EmitResult.FAIL_OVERFLOW) {
                throw new IllegalStateException("An event was not published: " + result);
            }
        }

        @Override
        public Flux<List<T>> events() {
            return sink.asFlux();
        }

        @Override
        public int listeners() {
            return sink.currentSubscriberCount();
        }

        @Override
        public synchronized void end() {
            sink.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    /**
     * The tags of the subjects of the latest events. No library's cache, as comparing and publishing are one step under
     * this map's lock anyway.
     */
    private static final class LastUsed extends LinkedHashMap<String, List<Tag>> {

        private static final long serialVersionUID = 1L;

        LastUsed() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Tag>> eldest) {
            return size() > REMEMBERED_SUBJECTS;
        }
    }
}
