package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.LaggingListenerException;
import io.taggateway.tagging.model.Tag;
import java.util.HashSet;
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
 * Tells changes to everybody who listens. Nobody who tells waits for a listener, and no listener for another: one that
 * lags behind by more than its buffer is cut off with an error.
 */
public final class ChangeFeed {

    private static final int REMEMBERED_SUBJECTS = 10_000;

    private final int buffer;
    private final Channel<TagEvent> tags = new Channel<>();
    private final Channel<SubjectTagsEvent> subjects = new Channel<>();
    private final Map<String, List<Tag>> lastTags = new LastUsed();

    /**
     * A feed that nobody listens to yet.
     *
     * @param buffer how many events a listener may lag behind, all that are told at once being one
     */
    public ChangeFeed(int buffer) {
        this.buffer = buffer;
    }

    /** Tells of a tag. */
    public void tell(TagEvent event) {
        tell(List.of(event));
    }

    /** Tells of tags what has been found out at once, which no listener lags behind by being told. */
    public void tell(List<TagEvent> events) {
        if (!events.isEmpty()) {
            tags.tell(events);
        }
    }

    /** Tells what a write of the gateway's own has done to the tags on something. */
    public void tell(SubjectTagsEvent event) {
        synchronized (lastTags) {
            remember(event.subjectId(), event);
            subjects.tell(List.of(event));
        }
    }

    /** Tells what somebody else says of a subject, unless it has these tags already as far as listeners know. */
    public void tellUnlessKnown(SubjectTagsEvent event) {
        String subjectId = event.subjectId();
        synchronized (lastTags) {
            List<Tag> before = lastTags.get(subjectId);
            List<Tag> now = event.tags();
            if (before != null && now != null && ids(before).equals(ids(now))) {
                return;
            }
            remember(subjectId, event);
            subjects.tell(List.of(before == null ? event : event.since(before)));
        }
    }

    /** The changes of tags from now on. */
    public Flux<TagEvent> tags(Predicate<TagEvent> wanted) {
        return tags.listen(wanted);
    }

    /** The changes of the tags on calls and contacts from now on. */
    public Flux<SubjectTagsEvent> subjects(Predicate<SubjectTagsEvent> wanted) {
        return subjects.listen(wanted);
    }

    /** How many listen. */
    public int listeners() {
        return tags.sink.currentSubscriberCount() + subjects.sink.currentSubscriberCount();
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
        return tags.stream().map(Tag::id).collect(Collectors.toCollection(HashSet::new));
    }

    /** One kind of event. */
    private final class Channel<T> {

        private final Sinks.Many<List<T>> sink = Sinks.many().multicast().directBestEffort();

        /** Each listener only queues what it is told, so that this takes no time. */
        synchronized void tell(List<T> events) {
            Sinks.EmitResult told = sink.tryEmitNext(events);
            if (told == Sinks.EmitResult.FAIL_NON_SERIALIZED || told == Sinks.EmitResult.FAIL_OVERFLOW) {
                throw new IllegalStateException("An event was not told: " + told);
            }
        }

        synchronized void end() {
            sink.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
        }

        Flux<T> listen(Predicate<T> wanted) {
            return sink.asFlux()
                    .map(told -> told.stream().filter(wanted).toList())
                    .filter(events -> !events.isEmpty())
                    .onBackpressureBuffer(buffer)
                    .onErrorMap(Exceptions::isOverflow, error -> new LaggingListenerException())
                    .publishOn(Schedulers.parallel(), 1)
                    .concatMapIterable(Function.identity(), 1);
        }
    }

    /** The tags of the subjects heard of last. */
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
