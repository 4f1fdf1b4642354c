package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.WriteStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one tag at one vendor.
 *
 * @param tag as it is afterwards, or was before it was deleted; null where there is none
 * @param slug the slug of the tag that was asked for
 * @param failure what the caller cannot correct; null where nothing failed
 */
public record TagResult(
        Vendor vendor,
        WriteStatus status,
        @Nullable Tag tag,
        String slug,
        List<UserError> userErrors,
        List<Warning> warnings,
        @Nullable SourceException failure) {

    public static TagResult of(WriteStatus status, Tag tag, List<Warning> warnings) {
        return new TagResult(tag.vendor(), status, tag, tag.slug(), List.of(), warnings, null);
    }

    public static TagResult failed(Vendor vendor, String slug, UserError error) {
        return new TagResult(vendor, WriteStatus.FAILED, null, slug, List.of(error.at(vendor)), List.of(), null);
    }

    public static TagResult failed(Vendor vendor, String slug, SourceException failure) {
        return new TagResult(vendor, WriteStatus.FAILED, null, slug, List.of(), List.of(), failure);
    }
}
