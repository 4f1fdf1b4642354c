package io.taggateway.tagging.paging;

import io.taggateway.tagging.source.SourcePage.PageToken;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a vendor's list reading continues. */
sealed interface Place {

    /** The beginning of every list. */
    Place BEGINNING = new BeforePage(PageToken.FIRST, 0);

    /** As many texts as a place is written as. */
    int FIELDS = 5;

    /** So far from the largest number that no sum of a place and a page overflows. */
    int LARGEST = Integer.MAX_VALUE / 2;

    /** The vendor's page at which reading continues. */
    PageToken page();

    /** How many items of the whole list lie before this place. */
    int absolute();

    /** The place as texts, in a cursor. */
    List<@Nullable String> fields();

    /**
     * An item, next to which reading continues.
     *
     * @param page the vendor's page that has the item
     * @param index the item's index on that page
     * @param absolute the item's index in the whole list
     * @param id the item's id, by which it is found again when the page has moved
     * @param next the page after, where the item is the last of its own; null elsewhere
     */
    record AtItem(
            PageToken page,
            int index,
            int absolute,
            String id,
            @Nullable String next) implements Place {

        @Override
        public List<@Nullable String> fields() {
            return texts(page, index + "/" + absolute, id, next);
        }
    }

    /** Where a page begins, or ends where it is one that is read backward. */
    record BeforePage(PageToken page, int absolute) implements Place {

        @Override
        public List<@Nullable String> fields() {
            return texts(page, "-1/" + (absolute - 1), "", null);
        }
    }

    private static List<@Nullable String> texts(PageToken page, String numbers, String id, @Nullable String next) {
        return Arrays.asList(page.value(), page.backward() ? "b" : "f", numbers, id, next);
    }

    /**
     * The place that texts stand for.
     *
     * @throws IllegalArgumentException if there is no such place
     */
    static Place of(List<@Nullable String> fields) {
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
