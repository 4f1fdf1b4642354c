package io.taggateway.cluster.events;

import io.taggateway.tagging.feed.SubjectTagsEvent;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Tag;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The format of events of one kind in messages. */
interface EventFormat<T> {

    byte[] encode(List<T> events);

    /** The events of a message. */
    List<T> decode(String message);

    /**
     * The key of an object's state: of several events with the same state, only one is published; null to publish all.
     */
    @Nullable
    State state(T event);

    /**
     * The state of an object after an event.
     *
     * @param digest equal if the state is
     */
    record State(String id, String digest) {}

    /** Changes of tags, which several replicas may detect. */
    static EventFormat<TagEvent> ofTags() {
        return new EventFormat<>() {

            @Override
            public byte[] encode(List<TagEvent> events) {
                return JsonMapper.shared().writeValueAsBytes(events);
            }

            @Override
            public List<TagEvent> decode(String message) {
                return JsonMapper.shared().readValue(message, new TypeReference<>() {});
            }

            @Override
            public State state(TagEvent event) {
                Tag tag = event.tag();
                List<String> visible = tag == null
                        ? List.of()
                        : List.of(tag.name(), tag.color().hex(), String.valueOf(tag.description()));
                return new State(event.tagId(), digest(JsonMapper.shared().writeValueAsBytes(visible)));
            }
        };
    }

    /** Changes of subjects. Other replicas know only the id of the subject, and read the subject if it is requested. */
    static EventFormat<SubjectTagsEvent> ofSubjects() {
        return new EventFormat<>() {

            @Override
            public byte[] encode(List<SubjectTagsEvent> events) {
                return JsonMapper.shared()
                        .writeValueAsBytes(events.stream().map(Subject::of).toList());
            }

            @Override
            public List<SubjectTagsEvent> decode(String message) {
                List<Subject> subjects = JsonMapper.shared().readValue(message, new TypeReference<>() {});
                return subjects.stream().map(Subject::event).toList();
            }

            @Override
            public @Nullable State state(SubjectTagsEvent event) {
                return null;
            }
        };
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** An event of a subject in a message. */
    record Subject(
            String id,
            @Nullable List<Tag> tags,
            @Nullable List<Tag> added,
            @Nullable List<Tag> removed,
            Instant at) {

        private static Subject of(SubjectTagsEvent event) {
            return new Subject(event.subjectId(), event.tags(), event.added(), event.removed(), event.at());
        }

        private SubjectTagsEvent event() {
            return new SubjectTagsEvent(id, null, tags, added, removed, at);
        }
    }
}
