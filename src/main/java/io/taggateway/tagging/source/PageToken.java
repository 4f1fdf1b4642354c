package io.taggateway.tagging.source;

import org.jspecify.annotations.Nullable;

/**
 * Where a vendor's page begins.
 *
 * @param value the vendor's own opaque token; null for the first page
 * @param backward whether the token asks for the page before it
 */
public record PageToken(@Nullable String value, boolean backward) {

    /** The first page. */
    public static final PageToken FIRST = new PageToken(null, false);

    /** The page after a token. */
    public static PageToken after(String value) {
        return new PageToken(value, false);
    }

    /** The page before a token, its items in forward order. */
    public static PageToken before(String value) {
        return new PageToken(value, true);
    }
}
