package io.taggateway.tagging.paging;

import io.taggateway.tagging.source.SourcePage.PageToken;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The position in a vendor's list at which reading continues. */
sealed interface ListPosition {

    /** The beginning of every list. */
    ListPosition BEGINNING = new BeforePage(PageToken.FIRST, 0);

    /** The number of texts of a position in a cursor. */
    int FIELDS = 5;

    /** The maximum index, so that the sum of an index and a page size does not overflow. */
    int LARGEST = Integer.MAX_VALUE / 2;

    /** The vendor's page at which reading continues. */
    PageToken page();

    /** The number of items before this position in the whole list. */
    int absolute();

    /** The texts of this position in a cursor. */
    List<@Nullable String> fields();

    /**
     * The position of an item, before or after which reading continues.
     *
     * @param page the vendor's page that has the item
     * @param index the item's index on that page
     * @param absolute the item's index in the whole list
     * @param id the item's id, by which it is found again when items were added or removed before it
     * @param next the next page if the item is the last of its page; else null
     */
    record AtItem(
            PageToken page,
            int index,
            int absolute,
            String id,
            @Nullable String next) implements ListPosition {

        @Override
        public List<@Nullable String> fields() {
            return texts(page, index + "/" + absolute, id, next);
        }
    }

    /** The beginning of a page, or its end if the page is read backward. */
    record BeforePage(PageToken page, int absolute) implements ListPosition {

        @Override
        public List<@Nullable String> fields() {
            return texts(page, "-1/" + (absolute - 1), "", null);
        }
    }

    private static List<@Nullable String> texts(PageToken page, String numbers, String id, @Nullable String next) {
        return Arrays.asList(page.value(), page.backward() ? "b" : "f", numbers, id, next);
    }

    /**
     * Parses the texts of a position.
     *
     * @throws IllegalArgumentException if they are not valid
     */
    static ListPosition of(List<@Nullable String> fields) {
        PageToken page = new PageToken(fields.get(0), "b".equals(fields.get(1)));
        String numbers = String.valueOf(fields.get(2));
        int slash = Math.max(numbers.indexOf('/'), 0);
        int index = Integer.parseInt(numbers.substring(0, slash));
        int absolute = Integer.parseInt(numbers.substring(slash + 1));
        if (index < -1 || index > LARGEST || absolute < -LARGEST || absolute > LARGEST) {
            throw new IllegalArgumentException(numbers);
        }
        return index < 0
                ? new BeforePage(page, absolute + 1)
                : new AtItem(page, index, absolute, String.valueOf(fields.get(3)), fields.get(4));
    }
}
