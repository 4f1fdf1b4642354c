package io.taggateway.tagging.source;

import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tags on the calls or contacts of one vendor. Every failure to read is a {@code SourceException}. */
public interface TagAssignments {

    Vendor vendor();

    /** What the tags are on. */
    NodeType subjectType();

    /**
     * Changes the tags of one subject, based on a read for this change. Only differences are written; tags that the
     * change does not name stay. A failed write is part of the result, with the changes before it. Safe to repeat.
     *
     * @param justRead the subject as a listing has just returned it, which saves the read if the vendor's listings are
     *     sufficient
     * @param dryRun whether to write nothing
     * @return empty if there is no such subject
     */
    Mono<Assignment> change(String remoteId, @Nullable Taggable justRead, TagSetChange change, boolean dryRun);

    /**
     * What is to become different about the tags of a call or contact, all of its own vendor.
     *
     * @param add to be on it
     * @param remove not to be on it
     * @param exact whether everything but {@code add} is to be removed
     */
    record TagSetChange(List<Tag> add, List<Tag> remove, boolean exact) {

        public static TagSetChange add(List<Tag> tags) {
            return new TagSetChange(tags, List.of(), false);
        }

        public static TagSetChange remove(List<Tag> tags) {
            return new TagSetChange(List.of(), tags, false);
        }

        public static TagSetChange exactly(List<Tag> tags) {
            return new TagSetChange(tags, List.of(), true);
        }
    }

    /**
     * The outcome of a change of a call's or contact's tags.
     *
     * @param subject as it is afterwards, or as it would be
     * @param added tags that were not on it and are now, or would be
     * @param removed tags that were on it and are not any more, or would not be
     * @param failure why not all was done; null if it was
     * @param lost whether another writer undid the change each time it was made
     * @param refused tags of which the vendor said it had done what it has not
     */
    record Assignment(
            Taggable subject,
            List<Tag> added,
            List<Tag> removed,
            @Nullable SourceException failure,
            boolean lost,
            List<Tag> refused) {

        public static Assignment of(Taggable subject, List<Tag> added, List<Tag> removed) {
            return new Assignment(subject, added, removed, null, false, List.of());
        }

        /** Nothing was done, as far as is known. */
        public static Assignment failed(Taggable subject, SourceException failure) {
            return new Assignment(subject, List.of(), List.of(), failure, false, List.of());
        }

        /** Whether the vendor refused something, as it may be gone since it was read. */
        public boolean isOutdated() {
            return !refused.isEmpty() || (failure != null && SourceException.isAbsence(failure));
        }

        /** This assignment, which was made after another one of the same change. */
        public Assignment after(Assignment before) {
            return new Assignment(
                    subject, union(before.added, added), union(before.removed, removed), failure, lost, refused);
        }

        private static List<Tag> union(List<Tag> first, List<Tag> second) {
            return Stream.concat(first.stream(), second.stream()).distinct().toList();
        }

        /** Whether anything is, or would be, different. */
        public boolean changed() {
            return !added.isEmpty() || !removed.isEmpty();
        }
    }
}
