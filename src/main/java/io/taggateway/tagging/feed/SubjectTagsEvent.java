package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call or contact whose tags have changed.
 *
 * @param subject the subject as it is now; null if only its id is known
 * @param tags the tags on it now; null if they have to be read
 * @param added the tags that were added; null if unknown
 * @param removed the tags that were removed; null if unknown
 * @param at when the gateway detected it
 */
public record SubjectTagsEvent(
        String subjectId,
        @Nullable Taggable subject,
        @Nullable List<Tag> tags,
        @Nullable List<Tag> added,
        @Nullable List<Tag> removed,
        Instant at) {

    /** A change by a write of the gateway. */
    public static SubjectTagsEvent of(Assignment assignment, Instant at) {
        Taggable subject = assignment.subject();
        List<Tag> tags = subject instanceof Call call ? call.embeddedTags() : null;
        return new SubjectTagsEvent(subject.id(), subject, tags, assignment.added(), assignment.removed(), at);
    }

    /** A change of a subject by another program; {@code tags} is null if they are unknown. */
    public static SubjectTagsEvent reported(String subjectId, @Nullable List<Tag> tags, Instant at) {
        return new SubjectTagsEvent(subjectId, null, tags, null, null, at);
    }

    /** This event, with the difference from the subject's previous tags. */
    SubjectTagsEvent since(List<Tag> before) {
        return tags == null
                ? this
                : new SubjectTagsEvent(subjectId, subject, tags, without(tags, before), without(before, tags), at);
    }

    private static List<Tag> without(List<Tag> tags, List<Tag> others) {
        List<String> ids = others.stream().map(Tag::id).toList();
        return tags.stream().filter(tag -> !ids.contains(tag.id())).toList();
    }
}
