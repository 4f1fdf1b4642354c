package io.taggateway.tagging.group;

import io.taggateway.tagging.model.NamePart;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.model.Vendor;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list of groups. Groups must meet all conditions; absent conditions are ignored.
 *
 * @param missingFrom groups that are missing from any of these vendors
 * @param drifted groups whose tags disagree (true) or agree (false)
 * @param nameContains part of the name of any tag of the group, in any case
 */
public record TagGroupFilter(
        @Nullable List<Vendor> missingFrom,
        @Nullable Boolean drifted,
        @Nullable String nameContains) {

    /** All groups. */
    public static final TagGroupFilter ALL = new TagGroupFilter(null, null, null);

    Predicate<TagGroup> predicate() {
        Predicate<TagGroup> predicate = group -> true;
        if (missingFrom != null && !missingFrom.isEmpty()) {
            predicate = group -> group.missingFrom().stream().anyMatch(missingFrom::contains);
        }
        if (drifted != null) {
            predicate = predicate.and(group -> group.drift().isEmpty() != drifted);
        }
        if (nameContains != null) {
            NamePart part = new NamePart(nameContains);
            predicate = predicate.and(group -> group.tags().stream().anyMatch(tag -> part.isIn(tag.name())));
        }
        return predicate;
    }
}
