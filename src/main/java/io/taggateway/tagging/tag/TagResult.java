package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.source.TagChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one tag at one vendor.
 *
 * @param tag as it is afterwards, or was before it was deleted; null where there is none
 * @param slug the slug of the tag that was asked for
 * @param failure what the caller cannot mend; null for nothing
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

    public static TagResult planned(Vendor vendor, String slug, List<Warning> warnings) {
        return new TagResult(vendor, WriteStatus.PLANNED, null, slug, List.of(), warnings, null);
    }

    /** A change that would be made, with the slug that the tag would have then. */
    public static TagResult planned(Tag tag, TagChange change, List<Warning> warnings) {
        String slug = change.name() == null ? tag.slug() : Slug.of(change.name());
        return new TagResult(
                tag.vendor(),
                WriteStatus.PLANNED,
                tag,
                slug.isEmpty() ? tag.remoteId() : slug,
                List.of(),
                warnings,
                null);
    }

    public static TagResult failed(Vendor vendor, String slug, UserError error) {
        return new TagResult(vendor, WriteStatus.FAILED, null, slug, List.of(error.at(vendor)), List.of(), null);
    }

    public static TagResult failed(Vendor vendor, String slug, SourceException failure) {
        return new TagResult(vendor, WriteStatus.FAILED, null, slug, List.of(), List.of(), failure);
    }
}
