package io.taggateway.sandbox.swipeone;

import java.util.Locale;

/** The rule by which played Swipe One makes a tag's name of its label; the real rule is not documented. */
final class PlayedSlug {

    private PlayedSlug() {}

    /** Answers the label in lower case, with one underscore for each run of other than letters and digits. */
    static String of(String label) {
        String slug = label.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "_")
                .replaceAll("^_|_$", "");
        return slug.isEmpty() ? "tag" : slug;
    }
}
