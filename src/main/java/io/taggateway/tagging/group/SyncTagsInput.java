package io.taggateway.tagging.group;

import io.taggateway.tagging.model.Vendor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One vendor's tags to be made to exist in another.
 *
 * @param slugs only these groups; null for all
 * @param align whether tags that both have are to look alike too
 */
public record SyncTagsInput(
        Vendor from,
        Vendor to,
        @Nullable List<String> slugs,
        @Nullable Boolean align,
        @Nullable Boolean dryRun) {}
