package io.taggateway.tagging.assignment;

import io.taggateway.tagging.tag.TagRef;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a mutation wants of the tags of its calls and contacts.
 *
 * @param add to be on each
 * @param addMember the input's member that holds them
 * @param remove to be on none
 * @param removeMember likewise
 * @param exact whether everything else is to be removed
 * @param createMissing whether to create, in a subject's vendor, a tag to be added that it lacks
 * @param dryRun whether to write nothing
 */
public record AssignmentRequest(
        List<TagRef> add,
        String addMember,
        List<TagRef> remove,
        String removeMember,
        boolean exact,
        boolean createMissing,
        boolean dryRun) {

    /** Some tags to be put on things, and nothing else to be on them where that is so. */
    public static AssignmentRequest tags(
            List<TagRef> tags, boolean exact, @Nullable Boolean createMissing, @Nullable Boolean dryRun) {
        return new AssignmentRequest(
                tags,
                "tags",
                List.of(),
                "tags",
                exact,
                Boolean.TRUE.equals(createMissing),
                Boolean.TRUE.equals(dryRun));
    }

    /** Some tags to be taken off things. */
    public static AssignmentRequest remove(List<TagRef> tags, @Nullable Boolean dryRun) {
        return new AssignmentRequest(List.of(), "tags", tags, "tags", false, false, Boolean.TRUE.equals(dryRun));
    }

    /** Some tags to be put on things, and others to be taken off them. */
    public static AssignmentRequest change(
            @Nullable List<TagRef> add,
            @Nullable List<TagRef> remove,
            @Nullable Boolean createMissing,
            @Nullable Boolean dryRun) {
        return new AssignmentRequest(
                Objects.requireNonNullElse(add, List.of()),
                "add",
                Objects.requireNonNullElse(remove, List.of()),
                "remove",
                false,
                Boolean.TRUE.equals(createMissing),
                Boolean.TRUE.equals(dryRun));
    }

    List<TagRef> refs() {
        return Stream.concat(add.stream(), remove.stream()).toList();
    }
}
