package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.SortedTag;
import io.taggateway.tagging.model.TagName;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.paging.ListPager;
import java.text.CollationKey;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** The order of a list of tags. */
public record TagOrder(TagOrderField field, SortDirection direction) {

    /** By name, from A to Z. */
    public static final TagOrder BY_NAME = new TagOrder(TagOrderField.NAME, SortDirection.ASC);

    /** Sorts tags that are ordered by name in this order. */
    List<SortedTag> of(List<SortedTag> byName) {
        List<SortedTag> ascending = field == TagOrderField.NAME
                ? byName
                : byName.stream()
                        .sorted(Comparator.comparing(tag -> tag.tag().vendor()))
                        .toList();
        return direction == SortDirection.ASC ? ascending : ascending.reversed();
    }

    /** A pager for tags in this order. */
    ListPager<SortedTag> pager(CursorCodec cursors) {
        return new ListPager<>(
                cursors,
                "tags:" + field + ":" + direction,
                3,
                sorted -> List.of(
                        TagName.compared(sorted.tag().name()),
                        sorted.tag().vendor().name(),
                        sorted.tag().id()),
                this::position);
    }

    private ToIntFunction<SortedTag> position(List<String> key) {
        CollationKey name = SortedTag.nameKey(key.get(0));
        Vendor vendor = Vendor.valueOf(key.get(1));
        String id = key.get(2);
        int sign = direction == SortDirection.ASC ? 1 : -1;
        return sorted -> {
            int byVendor = field == TagOrderField.VENDOR ? sorted.tag().vendor().compareTo(vendor) : 0;
            return sign * (byVendor == 0 ? sorted.compareTo(name, vendor, id) : byVendor);
        };
    }

    /** The first criterion of the order. */
    public enum TagOrderField {
        NAME,
        VENDOR
    }

    /** The direction of an order. */
    public enum SortDirection {
        ASC,
        DESC
    }
}
