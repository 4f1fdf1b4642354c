package io.taggateway.tagging.assignment;

import io.taggateway.tagging.tag.TagRef;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a mutation requests for the tags of its calls and contacts.
 *
 * @param add the tags to add to each
 * @param remove the tags to remove from each
 * @param exact whether to remove all tags except {@code add}
 * @param createMissing whether to create tags to add that the vendor of a subject does not have
 * @param dryRun whether to write nothing
 */
public record AssignmentRequest(
        TagRefList add, TagRefList remove, boolean exact, boolean createMissing, boolean dryRun) {

    /** This request, which also removes all other tags of the subjects. */
    public AssignmentRequest asExact() {
        return new AssignmentRequest(add, remove, true, createMissing, dryRun);
    }

    List<TagRef> refs() {
        return Stream.concat(add.refs.stream(), remove.refs.stream()).toList();
    }

    /**
     * References to tags.
     *
     * @param member the input field with the references
     */
    public record TagRefList(String member, List<TagRef> refs) {

        public static final TagRefList NONE = new TagRefList("", List.of());

        /** References from an input field; none if it is null. */
        public static TagRefList of(String member, @Nullable List<TagRef> refs) {
            return new TagRefList(member, Objects.requireNonNullElse(refs, List.of()));
        }

        List<String> path(int index) {
            return List.of("input", member, Integer.toString(index));
        }
    }
}
