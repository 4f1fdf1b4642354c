package io.taggateway.sandbox.sipsim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as played SIPSIM keeps it.
 *
 * @param number the integer that its id is made of
 * @param type one of inbound, outgoing, missed and voicemail
 * @param parties who spoke
 * @param seconds how long, null if SIPSIM does not say
 * @param tagIds in ascending order
 */
record SipsimCallRow(
        long number,
        String type,
        CallParties parties,
        Instant start,
        @Nullable Integer seconds,
        List<Long> tagIds) {

    SipsimCallRow {
        tagIds = List.copyOf(tagIds);
    }

    String direction() {
        return type.equals("outgoing") ? "outgoing" : "inbound";
    }

    /** Answers the id as text; only {@link CallIdForm#INTEGER} and most of {@link CallIdForm#MIXED} are integers. */
    String id(CallIdForm form) {
        return switch (form) {
            case INTEGER -> Long.toString(number);
            case PREFIXED -> "call_" + number;
            case PUBLIC -> parties.outside() + "-" + start.getEpochSecond() + "." + number;
            case MIXED -> id(number % 10 == 7 ? CallIdForm.PUBLIC : CallIdForm.INTEGER);
        };
    }

    SipsimCallRow withTag(long tagId) {
        List<Long> changed = new ArrayList<>(tagIds);
        changed.add(tagId);
        changed.sort(null);
        return withTags(changed);
    }

    SipsimCallRow withoutTag(long tagId) {
        return withTags(tagIds.stream().filter(id -> id != tagId).toList());
    }

    private SipsimCallRow withTags(List<Long> changed) {
        return new SipsimCallRow(number, type, parties, start, seconds, changed);
    }
}
