package io.taggateway.tagging.group;

import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.tag.TagResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tags of one group.
 *
 * @param group as it is afterwards; null where there is none
 * @param results one for each tag
 * @param userErrors what concerns the input as such
 */
public record TagGroupWrite(@Nullable TagGroup group, List<TagResult> results, List<UserError> userErrors) {}
