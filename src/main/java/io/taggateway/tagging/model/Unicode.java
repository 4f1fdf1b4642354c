package io.taggateway.tagging.model;

import java.util.function.IntPredicate;

/** Properties of Unicode's characters that the JDK does not have. */
public final class Unicode {

    private static final char REPLACEMENT = '\uFFFD';

    private Unicode() {}

    /** Whether a character has Unicode's property White_Space. */
    public static boolean isWhiteSpace(int c) {
        return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
    }

    /** Whether a character has Unicode's property Default_Ignorable_Code_Point, so that it is invisible. */
    public static boolean isDefaultIgnorable(int c) {
        return switch (c) {
            case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0 -> true;
            default ->
                isIn(c, 0x180B, 0x180F)
                        || isIn(c, 0x200B, 0x200F)
                        || isIn(c, 0x202A, 0x202E)
                        || isIn(c, 0x2060, 0x206F)
                        || isIn(c, 0xFE00, 0xFE0F)
                        || isIn(c, 0xFFF0, 0xFFF8)
                        || isIn(c, 0x1BCA0, 0x1BCA3)
                        || isIn(c, 0x1D173, 0x1D17A)
                        || isIn(c, 0xE0000, 0xE0FFF);
        };
    }

    /**
     * Whether a character has Unicode's property Bidi_Control: it changes the order in which other characters are
     * displayed.
     */
    public static boolean isBidiControl(int c) {
        return c == 0x61C || isIn(c, 0x200E, 0x200F) || isBidiFormat(c);
    }

    /** Whether a character opens or closes an embedding, override or isolate of the writing direction. */
    public static boolean isBidiFormat(int c) {
        return isIn(c, 0x202A, 0x202E) || isIn(c, 0x2066, 0x2069);
    }

    /** Whether a character is visible. The blank braille pattern is a symbol, but invisible. */
    public static boolean isVisible(int c) {
        return !isWhiteSpace(c) && !isDefaultIgnorable(c) && !Character.isISOControl(c) && c != 0x2800;
    }

    public static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Whether a text contains an unpaired surrogate, which is no character. */
    public static boolean hasLoneSurrogate(String text) {
        return any(text, Unicode::isSurrogate);
    }

    /** A text with each unpaired surrogate replaced by U+FFFD. */
    public static String wellFormed(String text) {
        if (!hasLoneSurrogate(text)) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text.length());
        text.codePoints().forEach(c -> repaired.appendCodePoint(isSurrogate(c) ? REPLACEMENT : c));
        return repaired.toString();
    }

    static boolean any(String text, IntPredicate property) {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (property.test(c)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSurrogate(int c) {
        return isIn(c, Character.MIN_SURROGATE, Character.MAX_SURROGATE);
    }

    private static boolean isIn(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
