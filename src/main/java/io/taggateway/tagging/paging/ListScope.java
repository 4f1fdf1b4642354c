package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.Vendor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which list a cursor belongs to: one of another list, or of the same list with another filter, is refused.
 *
 * @param cursors writes and reads the cursors
 * @param name equal for equal lists and filters
 * @param since when the list begins, which stays while its pages are read; null for a list without a beginning
 */
public record ListScope(
        CursorCodec cursors, String name, @Nullable Instant since) {

    /** As many of a cursor's fields are the scope's. */
    static final int FIELDS = 2;

    private static final int DIGEST_BYTES = 12;
    private static final Pattern EPOCH_MILLIS = Pattern.compile("-?[0-9]{1,15}");

    /** The scope of a list with a filter, whose text need only differ where the filter does. */
    public static ListScope of(CursorCodec cursors, String list, Object filter) {
        return new ListScope(cursors, list + ":" + digest(filter.toString()), null);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** This scope with a beginning, to be found again in every cursor. */
    public ListScope since(Instant beginning) {
        return new ListScope(cursors, name, beginning);
    }

    /**
     * When the list that a cursor is of begins; null if it has no beginning.
     *
     * @throws io.taggateway.tagging.model.BadInputException if the cursor is of another list
     */
    public @Nullable Instant sinceOf(String cursor) {
        List<@Nullable String> fields = cursors.read(cursor);
        if (fields.size() < FIELDS || !String.valueOf(fields.get(0)).startsWith(name + "@")) {
            throw CursorCodec.malformed(cursor);
        }
        String millis = fields.get(1);
        return millis == null || !EPOCH_MILLIS.matcher(millis).matches()
                ? null
                : Instant.ofEpochMilli(Long.parseLong(millis));
    }

    /** A cursor's first fields, where it is in the lists of some vendors. */
    List<@Nullable String> fields(List<Vendor> vendors) {
        String owners = vendors.stream().map(Vendor::prefix).collect(Collectors.joining("+"));
        return Arrays.asList(name + "@" + owners, since == null ? null : Long.toString(since.toEpochMilli()));
    }
}
