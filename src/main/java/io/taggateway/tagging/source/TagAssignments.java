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

    /** The type of the objects that have the tags. */
    NodeType subjectType();

    /**
     * Changes the tags of one subject, based on a read for this change. Only differences are written; tags that the
     * change does not name remain. A failed write is part of the result, together with the changes before it. Safe to
     * repeat.
     *
     * @param justRead the subject as a list has just returned it, which avoids a read if the vendor's lists are
     *     sufficient
     * @param dryRun whether to write nothing
     * @return empty if there is no such subject
     */
    Mono<Assignment> change(String remoteId, @Nullable Taggable justRead, TagSetChange change, boolean dryRun);

    /**
     * A requested change of the tags of a call or contact. All tags belong to its vendor.
     *
     * @param add the tags to add
     * @param remove the tags to remove
     * @param exact whether to remove all tags except {@code add}
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
     * @param subject the subject after the change; in a dry run, as it would be
     * @param added the tags that were added, or would be
     * @param removed the tags that were removed, or would be
     * @param failure why the change is not complete; null if it is
     * @param lost whether another writer undid each attempt of the change
     * @param refused tags whose change the vendor confirmed without making it
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

        /** The outcome of a change of which no part is known to be done. */
        public static Assignment failed(Taggable subject, SourceException failure) {
            return new Assignment(subject, List.of(), List.of(), failure, false, List.of());
        }

        /** Whether the vendor refused the request, as a tag or the subject may have been deleted since it was read. */
        public boolean isOutdated() {
            return !refused.isEmpty() || (failure != null && SourceException.isAbsence(failure));
        }

        /** This assignment combined with an earlier one of the same change. */
        public Assignment after(Assignment before) {
            return new Assignment(
                    subject, union(before.added, added), union(before.removed, removed), failure, lost, refused);
        }

        private static List<Tag> union(List<Tag> first, List<Tag> second) {
            return Stream.concat(first.stream(), second.stream()).distinct().toList();
        }

        /** Whether anything was changed, or would be in a dry run. */
        public boolean changed() {
            return !added.isEmpty() || !removed.isEmpty();
        }
    }
}
