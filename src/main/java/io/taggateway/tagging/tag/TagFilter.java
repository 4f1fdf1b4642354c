package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.ColorName;
import io.taggateway.tagging.model.NamePart;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list of tags. Tags must meet all conditions; absent conditions are ignored.
 *
 * @param nameContains part of a name, in any case
 * @param color the nearest palette color
 */
public record TagFilter(
        @Nullable List<Vendor> vendors,
        @Nullable String nameContains,
        @Nullable List<String> slugs,
        @Nullable ColorName color) {

    /** All tags. */
    public static final TagFilter ALL = new TagFilter(null, null, null, null);

    boolean includes(Vendor vendor) {
        return vendors == null || vendors.contains(vendor);
    }

    Predicate<Tag> predicate() {
        Predicate<Tag> predicate = tag -> includes(tag.vendor());
        if (nameContains != null) {
            NamePart part = new NamePart(nameContains);
            predicate = predicate.and(tag -> part.isIn(tag.name()));
        }
        if (slugs != null) {
            Set<String> wanted = slugs.stream().map(Slug::of).collect(Collectors.toSet());
            predicate = predicate.and(tag -> wanted.contains(tag.slug()));
        }
        return color == null ? predicate : predicate.and(tag -> tag.color().name() == color);
    }
}
