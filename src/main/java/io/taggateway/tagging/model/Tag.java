package io.taggateway.tagging.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's tag, normalized.
 *
 * @param remoteId the vendor's own id
 * @param name what people read, as the vendor stores it
 * @param slug what is compared across vendors
 * @param remoteKey the vendor's own machine name, which survives renames; null if it has none
 * @param description null if the vendor has none, or where {@code complete} is false
 * @param complete whether all is known; false for a tag that came inside a call or contact
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

    /** A tag with its slug taken from its name. */
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

    /** This tag by another name. */
    public Tag named(String newName) {
        return of(vendor, remoteId, newName, remoteKey, color, new TagDetails(description, complete, raw));
    }

    /** This tag with some changes; what is null stays. An empty description is none. */
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
     * @param complete whether this is all there is to know
     * @param raw the vendor's fields as they came
     */
    public record TagDetails(@Nullable String description, boolean complete, Map<String, Object> raw) {}
}
