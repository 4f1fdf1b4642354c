package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.LaggingListenerException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Publishes changes to all subscribers. Publishers do not wait for subscribers, and subscribers do not wait for each
 * other. A subscriber that lags behind by more than its buffer is ended with an error.
 */
public final class ChangeFeed {

    private static final int REMEMBERED_SUBJECTS = 10_000;

    private final int buffer;
    private final EventChannel<TagEvent> tags;
    private final EventChannel<SubjectTagsEvent> subjects;
    private final PollSchedule polls;
    private final Map<String, Published> lastTags = new LastUsed();

    /**
     * A feed within this process.
     *
     * @param buffer the number of events that a subscriber may lag behind; events that are published together count as
     *     one
     */
    public ChangeFeed(int buffer) {
        this(buffer, EventChannel.inProcess(), EventChannel.inProcess(), PollSchedule.LOCAL);
    }

    /**
     * A feed over channels that may reach other processes too.
     *
     * @param polls when this process polls for changes of tags
     */
    public ChangeFeed(
            int buffer, EventChannel<TagEvent> tags, EventChannel<SubjectTagsEvent> subjects, PollSchedule polls) {
        this.buffer = buffer;
        this.tags = tags;
        this.subjects = subjects;
        this.polls = polls;
        subjects.onRemote(this::remember);
    }

    /** Publishes changes of tags that were detected together. They count as one event in the buffers of subscribers. */
    public void publish(List<TagEvent> events) {
        if (!events.isEmpty()) {
            tags.publish(events);
        }
    }

    /** Publishes a change of a subject's tags by a write of the gateway. */
    public void publish(SubjectTagsEvent event) {
        synchronized (lastTags) {
            remember(event, event.at());
            subjects.publish(List.of(event));
        }
    }

    /**
     * Publishes a change by another program, unless the same tags were published last or it is older than a write that
     * was published since.
     */
    public void publishIfChanged(SubjectTagsEvent event) {
        String subjectId = event.subjectId();
        synchronized (lastTags) {
            Published last = lastTags.get(subjectId);
            if (last != null && (last.isSame(event) || last.isWrittenAfter(event))) {
                return;
            }
            remember(event, null);
            subjects.publish(List.of(last == null ? event : event.since(last.tags())));
        }
    }

    /** When a write was published whose tags differ from those of an event; null if there is none. */
    public @Nullable Instant contradictedWrite(SubjectTagsEvent event) {
        synchronized (lastTags) {
            Published last = lastTags.get(event.subjectId());
            return last == null || event.tags() == null || last.isSame(event) ? null : last.writtenAt();
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

    /** When this process polls for changes of tags. */
    PollSchedule polls() {
        return polls;
    }

    /** The number of subscribers. */
    public int listeners() {
        return tags.listeners() + subjects.listeners();
    }

    /** Completes all subscribers. */
    public void end() {
        tags.end();
        subjects.end();
    }

    /** Changes by other processes count as writes, so that a delivery that contradicts them is verified by a read. */
    private void remember(List<SubjectTagsEvent> events) {
        synchronized (lastTags) {
            events.forEach(event -> remember(event, event.at()));
        }
    }

    private void remember(SubjectTagsEvent event, @Nullable Instant writtenAt) {
        if (event.tags() == null) {
            lastTags.remove(event.subjectId());
        } else {
            lastTags.put(event.subjectId(), new Published(event.tags(), writtenAt));
        }
    }

    private <T> Flux<T> listen(EventChannel<T> channel, Predicate<T> wanted) {
        Flux<List<T>> events = channel.events()
                .map(published -> published.stream().filter(wanted).toList())
                .filter(published -> !published.isEmpty())
                .onBackpressureBuffer(buffer)
                .onErrorMap(Exceptions::isOverflow, error -> new LaggingListenerException())
                .publishOn(Schedulers.parallel(), 1);
        return FatalErrorRelay.catching(events).concatMapIterable(Function.identity(), 1);
    }

    /**
     * The published tags of a subject.
     *
     * @param writtenAt when the gateway wrote them; null if they come from another source
     */
    private record Published(List<Tag> tags, @Nullable Instant writtenAt) {

        boolean isSame(SubjectTagsEvent event) {
            return event.tags() != null && ids(tags).equals(ids(event.tags()));
        }

        boolean isWrittenAfter(SubjectTagsEvent event) {
            return writtenAt != null && event.at().isBefore(writtenAt);
        }

        private static Set<String> ids(List<Tag> tags) {
            return tags.stream().map(Tag::id).collect(Collectors.toSet());
        }
    }

    /**
     * The tags of the subjects of the latest events. This is no cache of a library, as tags are compared and published
     * under the lock of this map.
     */
    private static final class LastUsed extends LinkedHashMap<String, Published> {

        private static final long serialVersionUID = 1L;

        LastUsed() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Published> eldest) {
            return size() > REMEMBERED_SUBJECTS;
        }
    }
}
