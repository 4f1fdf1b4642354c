package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.Vendor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tag to be created.
 *
 * @param color as a caller writes it
 * @param vendors null for every configured one that can
 */
public record CreateTagInput(
        String name,
        @Nullable String color,
        @Nullable String description,
        @Nullable List<Vendor> vendors,
        @Nullable IfExists ifExists,
        @Nullable Boolean dryRun) {}
