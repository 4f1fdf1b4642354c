package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.BadInputException;
import io.taggateway.tagging.model.GlobalId;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Vendor;
import org.jspecify.annotations.Nullable;

/**
 * A caller's reference to a tag, with exactly one member.
 *
 * @param id the id of a tag of any vendor
 * @param name the name of a tag at the vendor where the tag is used
 * @param slug the slug of a tag, likewise
 */
public record TagRef(
        @Nullable String id,
        @Nullable String name,
        @Nullable String slug) {

    /**
     * The parsed id; null if there is none.
     *
     * @throws BadInputException if it is malformed or not the id of a tag
     */
    public @Nullable GlobalId globalId() {
        return id == null ? null : GlobalId.parse(id, NodeType.TAG);
    }

    /** Whether this is an id of the given vendor. */
    boolean isIdOf(Vendor vendor) {
        return id != null && id.startsWith(vendor.prefix() + ":");
    }
}
