package io.taggateway.tagging.assignment;

import io.taggateway.tagging.call.CallFilter;
import io.taggateway.tagging.tag.TagRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tags to be put on every call that a filter finds.
 *
 * @param createMissing whether to create, in a call's vendor, a tag that it lacks
 * @param limit how many calls at most
 */
public record TagCallsInput(
        CallFilter filter,
        List<TagRef> tags,
        @Nullable Boolean createMissing,
        @Nullable Integer limit,
        @Nullable Boolean dryRun) {}
