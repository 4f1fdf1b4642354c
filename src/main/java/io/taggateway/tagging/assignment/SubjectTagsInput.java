package io.taggateway.tagging.assignment;

import io.taggateway.tagging.tag.TagRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tags for one call or contact.
 *
 * @param createMissing whether to create, in the subject's vendor, a tag that it lacks
 */
public record SubjectTagsInput(
        String subjectId,
        List<TagRef> tags,
        @Nullable Boolean createMissing,
        @Nullable Boolean dryRun) {}
