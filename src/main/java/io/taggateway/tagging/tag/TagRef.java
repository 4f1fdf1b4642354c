package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Vendor;
import org.jspecify.annotations.Nullable;

/**
 * A tag as a caller names it; exactly one member is given.
 *
 * @param id a tag's id, of any vendor
 * @param name a tag's name, within the vendor that the tag will be used in
 * @param slug a tag's slug, likewise
 */
public record TagRef(
        @Nullable String id,
        @Nullable String name,
        @Nullable String slug) {

    /**
     * The id, read; null if the tag is named otherwise.
     *
     * @throws BadInputException if it is malformed or no tag's
     */
    public @Nullable GlobalId globalId() {
        return id == null ? null : GlobalId.parse(id, NodeType.TAG);
    }

    /** Whether this is an id that the vendor itself has given. */
    boolean isIdOf(Vendor vendor) {
        return id != null && id.startsWith(vendor.prefix() + ":");
    }
}
