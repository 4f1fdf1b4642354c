package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.Vendor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which list a cursor belongs to: one of another list, or of the same list with another filter, is refused.
 *
 * @param name equal for equal lists and filters
 * @param context what the list's owner needs again to read on; null for nothing
 */
public record ListScope(String name, @Nullable String context) {

    private static final int DIGEST_BYTES = 12;

    /** The scope of a list with a filter, whose text need only differ where the filter does. */
    public static ListScope of(String list, Object filter) {
        return new ListScope(list + ":" + digest(filter.toString()), null);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** This scope with something to be found again in every cursor. */
    public ListScope with(String newContext) {
        return new ListScope(name, newContext);
    }

    /** The part of this list that one vendor has. */
    ListScope in(Vendor vendor) {
        return new ListScope(name + "@" + vendor.prefix(), context);
    }

    /** Whether a cursor is of this list. */
    boolean owns(String cursor) {
        return name.equals(Place.scopeName(cursor));
    }

    /**
     * What this list's owner wrote into a cursor; null for nothing.
     *
     * @throws io.taggateway.tagging.model.BadInputException if the cursor is of another list
     */
    public @Nullable String contextOf(String cursor) {
        if (!String.valueOf(Place.scopeName(cursor)).startsWith(name + "@")) {
            throw Cursor.malformed(cursor);
        }
        return Place.context(cursor);
    }
}
