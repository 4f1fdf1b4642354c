package io.taggateway.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A history of writes and reads of keys, each within an interval, which is checked against a model of registers. A
 * write of unknown outcome can explain a read, but rules out none.
 */
final class History {

    private final List<Write> writes = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();
    private final List<String> created = new ArrayList<>();

    /**
     * A value that was written, or may have been written, between two times.
     *
     * @param to {@link Long#MAX_VALUE} as long as it may still be in progress
     */
    record Write(String key, String value, long from, long to, boolean certain) {}

    /** A value that was read between two times. */
    record Read(String key, String value, long from, long to) {}

    synchronized void wrote(String key, String value, long from, long to) {
        writes.add(new Write(key, value, from, to, true));
    }

    /** A write without a response, which may take effect until the history settles. */
    synchronized void mayHaveWritten(String key, String value, long from) {
        mayHaveWritten(key, value, from, Long.MAX_VALUE);
    }

    /** A write that other programs may have undone. */
    synchronized void mayHaveWritten(String key, String value, long from, long to) {
        writes.add(new Write(key, value, from, to, false));
    }

    synchronized void read(String key, String value, long from, long to) {
        reads.add(new Read(key, value, from, to));
    }

    /** A caller received a success for a creation, which no other caller can receive. */
    synchronized void created(String key) {
        created.add(key);
    }

    /** No write is in progress. */
    synchronized void settle(long now) {
        settle(now, now);
    }

    /** No write is in progress that began before a time. */
    synchronized void settle(long begun, long now) {
        writes.replaceAll(write -> write.to == Long.MAX_VALUE && write.from < begun
                ? new Write(write.key, write.value, write.from, now, write.certain)
                : write);
    }

    synchronized int size() {
        return writes.size() + reads.size();
    }

    /** How many writes are known to have succeeded after the beginning. */
    synchronized long successes() {
        return writes.stream()
                .filter(write -> write.certain && write.from > Long.MIN_VALUE)
                .count();
    }

    /** Reads that no order of the writes explains, and creations that succeeded twice. */
    synchronized List<String> violations() {
        Map<String, List<Write>> byKey = new HashMap<>();
        writes.forEach(write ->
                byKey.computeIfAbsent(write.key, key -> new ArrayList<>()).add(write));
        List<String> violations = new ArrayList<>();
        for (Read read : reads) {
            List<Write> all = byKey.getOrDefault(read.key, List.of());
            if (all.stream().noneMatch(write -> explains(write, read, all))) {
                violations.add("%s was read as %s from %d to %d, after %s"
                        .formatted(read.key, read.value, read.from, read.to, all));
            }
        }
        Set<String> once = new HashSet<>();
        created.stream()
                .filter(key -> !once.add(key))
                .map(key -> key + " was created twice")
                .forEach(violations::add);
        return violations;
    }

    /**
     * Whether a read can have seen a write: the write had begun, and no other has certainly replaced it before the
     * read.
     */
    private static boolean explains(Write write, Read read, List<Write> all) {
        return write.value.equals(read.value)
                && write.from <= read.to
                && all.stream()
                        .noneMatch(other -> other.certain
                                && !other.value.equals(write.value)
                                && other.from > write.to
                                && other.to < read.from);
    }
}
