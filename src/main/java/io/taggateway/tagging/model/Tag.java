package io.taggateway.tagging.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A normalized tag of a vendor.
 *
 * @param remoteId the vendor's own id
 * @param name the displayed name, as the vendor stores it
 * @param slug the normalized name, by which tags of different vendors are compared
 * @param remoteKey the vendor's own machine name, which survives renames; null if it has none
 * @param description null if the vendor has none, or if {@code complete} is false
 * @param complete whether all fields are known; false for a tag that was part of a call or contact
 * @param raw the vendor's fields as they came
 */
public record Tag(
        Vendor vendor,
        String remoteId,
        String name,
        String slug,
        @Nullable String remoteKey,
        Color color,
        @Nullable String description,
        boolean complete,
        Map<String, Object> raw) {

    /** Creates a tag with the slug of its name. */
    public static Tag of(
            Vendor vendor, String remoteId, String name, @Nullable String remoteKey, Color color, TagDetails details) {
        return new Tag(
                vendor,
                remoteId,
                name,
                Slug.of(name),
                remoteKey,
                color,
                details.description(),
                details.complete(),
                details.raw());
    }

    /** This tag with another name. */
    public Tag named(String newName) {
        return of(vendor, remoteId, newName, remoteKey, color, new TagDetails(description, complete, raw));
    }

    /** This tag with changes; fields that are null stay unchanged, and an empty description clears it. */
    public Tag with(@Nullable String newName, @Nullable Color newColor, @Nullable String newDescription) {
        String text = newDescription == null ? description : newDescription.isEmpty() ? null : newDescription;
        return of(
                vendor,
                remoteId,
                newName == null ? name : newName,
                remoteKey,
                newColor == null ? color : newColor,
                new TagDetails(text, complete, raw));
    }

    /** The id of this tag across vendors. */
    public String id() {
        return GlobalId.of(vendor, NodeType.TAG, remoteId);
    }

    /**
     * The fields that only the tag list has.
     *
     * @param description null if the vendor has none
     * @param complete whether all fields are known
     * @param raw the vendor's fields as they came
     */
    public record TagDetails(@Nullable String description, boolean complete, Map<String, Object> raw) {}
}
