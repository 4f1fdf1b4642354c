package io.taggateway.tagging.model;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The normalized form of a tag's name, by which tags of different vendors are compared. It is never sent to a vendor.
 */
public final class Slug {

    private static final int DOTLESS_I = 0x131;
    private static final String KEPT_PUNCTUATION = "#%&@!?*";

    private Slug() {}

    /**
     * The slug of a name: Unicode's toNFKC_Casefold; letters, marks, digits, symbols and {@code # % & @ ! ? *} are
     * kept; each run of other characters becomes one hyphen, except at the ends. If no character is left, the slug is
     * the name itself. Every name has a slug, and the slug of a slug is the same.
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

    /** A slug can be longer than its name, as one character can be replaced by several. */
    private static String bounded(String slug) {
        String compared = TagName.compared(slug);
        return compared.endsWith("-") ? compared.substring(0, compared.length() - 1) : compared;
    }

    /** toNFKC_Casefold. Normalization and case folding can each undo the other once, so both are applied twice. */
    static String casefold(String text) {
        return isAscii(text) ? fold(text) : normalize(fold(normalize(fold(normalize(text)))));
    }

    private static String normalize(String text) {
        return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /** Whether a text is already normalized, as most names are. */
    private static boolean isAscii(String text) {
        return !Unicode.any(text, c -> c >= 128);
    }

    /**
     * Full case folding by the JDK's case mappings. Each character is mapped separately, as some mappings depend on
     * adjacent characters. Default-ignorable characters are dropped.
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
