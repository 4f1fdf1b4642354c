package io.taggateway.tagging.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tags of all vendors that have the same slug.
 *
 * @param name the name at the first vendor that has such a tag
 * @param tags never empty, in the order of all tags
 * @param missingFrom vendors whose tags were read and that have no tag of this group
 * @param unknownFor vendors whose tags could not be read
 * @param drift how the tags disagree; empty when they agree
 */
public record TagGroup(
        String slug,
        String name,
        List<Tag> tags,
        List<Vendor> missingFrom,
        List<Vendor> unknownFor,
        List<TagDrift> drift) {

    /** The id across vendors. */
    public String id() {
        return GroupId.of(slug);
    }

    /** The vendors that have a tag of this group. */
    public List<Vendor> vendors() {
        return tags.stream().map(Tag::vendor).distinct().sorted().toList();
    }

    /**
     * One difference within a group.
     *
     * @param values one for each tag, in the order of the group's tags
     */
    public record TagDrift(TagDriftField field, List<@Nullable String> values) {}

    /** The fields in which the tags of a group can differ. */
    public enum TagDriftField {
        NAME,
        COLOR,
        DESCRIPTION,
        /** One vendor has several tags of the group. */
        DUPLICATE
    }
}
