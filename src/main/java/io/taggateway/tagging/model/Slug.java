package io.taggateway.tagging.model;

import java.text.Normalizer;
import java.util.Locale;

/** A tag's name reduced to what is compared across vendors; never sent to one. */
public final class Slug {

    private static final int DOTLESS_I = 0x131;

    private Slug() {}

    /**
     * The slug of a name: NFKC, full case folding, diacritics kept, each run of anything but letters and digits one
     * hyphen, none at the ends. Total and idempotent.
     *
     * @return the slug, empty for a name without letters and digits
     */
    public static String of(String name) {
        String folded = normalize(fold(normalize(fold(normalize(name)))));
        StringBuilder slug = new StringBuilder(folded.length());
        boolean gap = false;
        for (int i = 0; i < folded.length(); ) {
            int c = folded.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c) || (isMark(c) && !gap && !slug.isEmpty())) {
                if (gap && !slug.isEmpty()) {
                    slug.append('-');
                }
                gap = false;
                slug.appendCodePoint(c);
            } else {
                gap = true;
            }
        }
        return normalize(slug.toString());
    }

    /** The slug of a name, or the fallback where the name has none. */
    public static String of(String name, String fallback) {
        String slug = of(name);
        return slug.isEmpty() ? fallback : slug;
    }

    private static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /**
     * Full case folding out of the JDK's case mappings, a character at a time as none of them may see its neighbors.
     */
    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c < 128) {
                folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
            } else if (c == DOTLESS_I) {
                folded.appendCodePoint(c);
            } else {
                folded.append(Character.toString(c)
                        .toLowerCase(Locale.ROOT)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT));
            }
        });
        return folded.toString();
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
