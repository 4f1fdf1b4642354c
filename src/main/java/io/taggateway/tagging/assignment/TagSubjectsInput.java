package io.taggateway.tagging.assignment;

import io.taggateway.tagging.tag.TagRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tags to be put on and taken off many calls and contacts.
 *
 * @param createMissing whether to create, in a subject's vendor, a tag that it lacks
 */
public record TagSubjectsInput(
        List<String> subjectIds,
        @Nullable List<TagRef> add,
        @Nullable List<TagRef> remove,
        @Nullable Boolean createMissing,
        @Nullable Boolean dryRun) {}
