package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.Vendor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of several vendors' lists ends.
 *
 * @param places the place in each list; null in one that is over
 */
record Position(List<@Nullable Place> places) {

    /** Before the first item of every list. */
    static Position beginning(int lists) {
        return new Position(Collections.nCopies(lists, Place.BEGINNING));
    }

    /**
     * The cursor for this position. Lists at the front that are over and lists at the back that have not begun are left
     * out of it, so that it is the same for one list as for several that follow one another.
     */
    String toCursor(ListScope scope, List<Vendor> vendors) {
        int from = 0;
        while (from < places.size() - 1 && places.get(from) == null) {
            from++;
        }
        int to = places.size();
        while (to > from + 1 && Place.BEGINNING.equals(places.get(to - 1))) {
            to--;
        }
        List<@Nullable String> fields = new ArrayList<>(scope.fields(vendors.subList(from, to)));
        for (Place place : places.subList(from, to)) {
            fields.addAll(place == null ? Collections.nCopies(Place.FIELDS, null) : place.fields());
        }
        return scope.cursors().write(fields);
    }

    /**
     * The position that a cursor encodes.
     *
     * @throws io.taggateway.tagging.model.BadInputException if it is none of these lists'
     */
    static Position read(String cursor, ListScope scope, List<Vendor> vendors) {
        List<@Nullable String> fields = scope.cursors().read(cursor);
        int count = (fields.size() - ListScope.FIELDS) / Place.FIELDS;
        if (count < 1 || fields.size() != ListScope.FIELDS + count * Place.FIELDS) {
            throw CursorCodec.malformed(cursor);
        }
        int from = 0;
        while (from + count <= vendors.size()
                && !scope.fields(vendors.subList(from, from + count)).getFirst().equals(fields.getFirst())) {
            from++;
        }
        if (from + count > vendors.size()) {
            throw CursorCodec.malformed(cursor);
        }
        List<@Nullable Place> places = new ArrayList<>();
        places.addAll(Collections.nCopies(from, null));
        try {
            places.addAll(places(fields));
        } catch (IllegalArgumentException e) {
            throw CursorCodec.malformed(cursor);
        }
        places.addAll(Collections.nCopies(vendors.size() - places.size(), Place.BEGINNING));
        return new Position(places);
    }

    /** The places in a cursor's fields; a list that is over is never the first. */
    private static List<@Nullable Place> places(List<@Nullable String> fields) {
        List<@Nullable Place> places = new ArrayList<>();
        for (int i = ListScope.FIELDS; i < fields.size(); i += Place.FIELDS) {
            boolean over = i > ListScope.FIELDS && fields.get(i + 1) == null;
            places.add(over ? null : Place.of(fields.subList(i, i + Place.FIELDS)));
        }
        return places;
    }
}
