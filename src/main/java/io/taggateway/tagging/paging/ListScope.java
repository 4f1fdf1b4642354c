package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.Vendor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the list of a cursor, and defines the form of its cursors: the list and the position in the list of each
 * vendor. A cursor of another list, or of the same list with another filter, is refused.
 *
 * @param cursors writes and reads the cursors
 * @param name equal for equal lists and filters
 * @param since the beginning of the list's period, which is the same for all pages; null for a list without a period
 */
public record ListScope(
        CursorCodec cursors, String name, @Nullable Instant since) {

    /** The number of a cursor's fields that belong to the scope. */
    private static final int FIELDS = 2;

    private static final int DIGEST_BYTES = 12;
    private static final Pattern EPOCH_MILLIS = Pattern.compile("-?[0-9]{1,15}");

    /** The scope of a list with a filter. The text of the filter is only compared. */
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

    /** This scope with the beginning of a period, which is part of every cursor. */
    public ListScope since(Instant beginning) {
        return new ListScope(cursors, name, beginning);
    }

    /**
     * The beginning of the period of a cursor's list; null if it has no period.
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

    /**
     * The cursor for a position in the list of each vendor; null at the end of a list. Lists at the front that have
     * ended and lists at the back that have not begun are left out of it, so that it is the same for one list as for
     * several that follow one another.
     */
    String toCursor(List<@Nullable ListPosition> places, List<Vendor> vendors) {
        int from = 0;
        while (from < places.size() - 1 && places.get(from) == null) {
            from++;
        }
        int to = places.size();
        while (to > from + 1 && ListPosition.BEGINNING.equals(places.get(to - 1))) {
            to--;
        }
        List<@Nullable String> fields = new ArrayList<>(fields(vendors.subList(from, to)));
        for (ListPosition place : places.subList(from, to)) {
            fields.addAll(place == null ? Collections.nCopies(ListPosition.FIELDS, null) : place.fields());
        }
        return cursors.write(fields);
    }

    /**
     * The positions of a cursor in the list of each vendor; null at the end of a list.
     *
     * @throws io.taggateway.tagging.model.BadInputException if the cursor is none of these lists'
     */
    List<@Nullable ListPosition> places(String cursor, List<Vendor> vendors) {
        List<@Nullable String> fields = cursors.read(cursor);
        int count = (fields.size() - FIELDS) / ListPosition.FIELDS;
        if (count < 1 || fields.size() != FIELDS + count * ListPosition.FIELDS) {
            throw CursorCodec.malformed(cursor);
        }
        int from = 0;
        while (from + count <= vendors.size()
                && !fields(vendors.subList(from, from + count)).getFirst().equals(fields.getFirst())) {
            from++;
        }
        if (from + count > vendors.size()) {
            throw CursorCodec.malformed(cursor);
        }
        List<@Nullable ListPosition> places = new ArrayList<>();
        places.addAll(Collections.nCopies(from, null));
        try {
            places.addAll(places(fields));
        } catch (IllegalArgumentException e) {
            throw CursorCodec.malformed(cursor);
        }
        places.addAll(Collections.nCopies(vendors.size() - places.size(), ListPosition.BEGINNING));
        return places;
    }

    /** The places in a cursor's fields; a list that is over is never the first. */
    private static List<@Nullable ListPosition> places(List<@Nullable String> fields) {
        List<@Nullable ListPosition> places = new ArrayList<>();
        for (int i = FIELDS; i < fields.size(); i += ListPosition.FIELDS) {
            boolean over = i > FIELDS && fields.get(i + 1) == null;
            places.add(over ? null : ListPosition.of(fields.subList(i, i + ListPosition.FIELDS)));
        }
        return places;
    }

    /** The first fields of a cursor for the lists of some vendors. */
    private List<@Nullable String> fields(List<Vendor> vendors) {
        String owners = vendors.stream().map(Vendor::prefix).collect(Collectors.joining("+"));
        return Arrays.asList(name + "@" + owners, since == null ? null : Long.toString(since.toEpochMilli()));
    }
}
