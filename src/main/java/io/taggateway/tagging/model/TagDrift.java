package io.taggateway.tagging.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One disagreement inside a group.
 *
 * @param values one a tag, in the order of the group's tags
 */
public record TagDrift(TagDriftField field, List<@Nullable String> values) {}
