package io.taggateway.tagging.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the existing name that is nearest to one that does not exist. */
public final class NearestName {

    /** Longer names are not compared, as the time grows with the square of the length. */
    private static final int MAX_LENGTH = 100;

    private NearestName() {}

    /**
     * The name with the smallest edit distance, ignoring case; of several, the first one in the order of characters.
     * Null if every distance is greater than two and than a third of the length of the given name.
     */
    public static @Nullable String find(String written, Collection<String> names) {
        if (written.length() > MAX_LENGTH) {
            return null;
        }
        String lower = written.toLowerCase(Locale.ROOT);
        int max = Math.max(2, written.length() / 3);
        return names.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= max)
                .map(name -> new Candidate(name, distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= max)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name)
                .orElse(null);
    }

    /** The number of insertions, deletions, substitutions and swaps of adjacent characters. */
    private static int distance(String from, String to) {
        int[] before = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int[] free = before;
            before = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
        }
        return row[to.length()];
    }

    private record Candidate(String name, int distance) {}
}
