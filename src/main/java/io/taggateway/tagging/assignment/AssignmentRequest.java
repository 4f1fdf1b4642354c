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
 * @param exact whether everything but {@code add} is to be removed
 * @param createMissing whether to create, in a subject's vendor, a tag to be added that it lacks
 * @param dryRun whether to write nothing
 */
public record AssignmentRequest(Refs add, Refs remove, boolean exact, boolean createMissing, boolean dryRun) {

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
    public record Refs(String member, List<TagRef> refs) {

        public static final Refs NONE = new Refs("", List.of());

        /** References from an input field; none if it is null. */
        public static Refs of(String member, @Nullable List<TagRef> refs) {
            return new Refs(member, Objects.requireNonNullElse(refs, List.of()));
        }

        List<String> path(int index) {
            return List.of("input", member, Integer.toString(index));
        }
    }
}
