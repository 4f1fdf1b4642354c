package io.taggateway.tagging.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tag's own listing tells beyond what is shown wherever the tag appears.
 *
 * @param description null where the vendor has none
 * @param complete whether this is all there is to know
 * @param raw the vendor's fields as they came
 */
public record TagDetails(@Nullable String description, boolean complete, Map<String, Object> raw) {}
