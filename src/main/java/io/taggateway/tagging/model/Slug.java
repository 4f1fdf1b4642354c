package io.taggateway.tagging.model;

import java.text.Normalizer;
import java.util.Locale;

/** A tag's name reduced to what is compared across vendors; never sent to one. */
public final class Slug {

    private static final int DOTLESS_I = 0x131;
    private static final String KEPT_PUNCTUATION = "#%&@!?*";

    private Slug() {}

    /**
     * The slug of a name: Unicode's toNFKC_Casefold; letters, marks, digits, symbols and {@code # % & @ ! ? *} stay,
     * each run of anything else becomes one hyphen, none at the ends. A name of which nothing is left is its own slug.
     * Total and idempotent.
     */
    public static String of(String name) {
        String compared = TagName.compared(name);
        String folded = casefold(compared);
        StringBuilder slug = new StringBuilder(folded.length());
        boolean gap = false;
        for (int i = 0; i < folded.length(); ) {
            int c = folded.codePointAt(i);
            i += Character.charCount(c);
            if (!isKept(c)) {
                gap = true;
                continue;
            }
            if (gap && !slug.isEmpty()) {
                slug.append('-');
            }
            gap = false;
            slug.appendCodePoint(c);
        }
        return slug.isEmpty() ? compared : bounded(normalize(slug.toString()));
    }

    /** A slug can be longer than its name, as one character can stand for many. */
    private static String bounded(String slug) {
        String compared = TagName.compared(slug);
        return compared.endsWith("-") ? compared.substring(0, compared.length() - 1) : compared;
    }

    /** toNFKC_Casefold: folding can undo a normalization, and normalizing a folding, but neither a second time. */
    static String casefold(String text) {
        return normalize(fold(normalize(fold(normalize(text)))));
    }

    private static String normalize(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /**
     * Full case folding out of the JDK's case mappings, a character at a time as none of them may see its neighbors;
     * default-ignorable characters are dropped.
     */
    private static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c < 128) {
                folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c));
            } else if (c == DOTLESS_I) {
                folded.appendCodePoint(c);
            } else if (!Unicode.isDefaultIgnorable(c)) {
                folded.append(Character.toString(c)
                        .toLowerCase(Locale.ROOT)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT));
            }
        });
        return folded.toString();
    }

    private static boolean isKept(int c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> true;
            default -> KEPT_PUNCTUATION.indexOf(c) >= 0;
        };
    }
}
