package io.taggateway.tagging.model;

import org.jspecify.annotations.Nullable;

/** The rules for the name of a tag: trimming, validation, and the part that is compared. */
public final class TagName {

    /** The maximum length of a caller's name, and of the part of a vendor's name that is compared. */
    public static final int MAX_LENGTH = 256;

    /**
     * The limit of Unicode's Stream-Safe Text Format. No language needs more marks, and reordering many of them takes
     * long.
     */
    private static final int MAX_MARKS = 30;

    private TagName() {}

    /**
     * Removes White_Space and Default_Ignorable characters at both ends of a name. Characters that belong to an emoji
     * at the end are kept, such as the variation selector or the letters of a flag.
     */
    public static String trim(String name) {
        int begin = 0;
        int end = name.length();
        while (begin < end && isTrimmed(name.codePointAt(begin))) {
            begin += Character.charCount(name.codePointAt(begin));
        }
        while (end > begin && isTrimmed(name.codePointBefore(end))) {
            end -= Character.charCount(name.codePointBefore(end));
        }
        boolean emoji = end > begin && Character.isExtendedPictographic(name.codePointBefore(end));
        while (emoji && end < name.length() && isEmojiPart(name.codePointAt(end))) {
            end += Character.charCount(name.codePointAt(end));
        }
        return name.substring(begin, end);
    }

    /** The reason why a name cannot be written, as a sentence for the caller; null if it can. */
    public static @Nullable String problem(String name) {
        String trimmed = trim(name);
        if (name.length() > MAX_LENGTH) {
            return "A tag's name has at most " + MAX_LENGTH + " characters.";
        }
        if (Unicode.hasLoneSurrogate(trimmed)) {
            return "A tag's name must not contain an unpaired surrogate.";
        }
        if (Unicode.any(name, Unicode::isBidiFormat) || Unicode.any(trimmed, Unicode::isBidiControl)) {
            return "A tag's name must not contain characters that control the direction of writing.";
        }
        if (Unicode.any(trimmed, Character::isISOControl)) {
            return "A tag's name must not contain control characters.";
        }
        return Unicode.any(trimmed, Unicode::isVisible)
                ? null
                : "A tag's name must contain at least one visible character.";
    }

    /** The part of a name that is compared and sorted: its beginning, with bounded runs of combining marks. */
    public static String compared(String name) {
        if (name.length() <= MAX_MARKS) {
            return name;
        }
        StringBuilder compared = new StringBuilder(Math.min(name.length(), MAX_LENGTH));
        int marks = 0;
        int next = 0;
        while (next < name.length() && next + Character.charCount(name.codePointAt(next)) <= MAX_LENGTH) {
            int c = name.codePointAt(next);
            next += Character.charCount(c);
            marks = Unicode.isMark(c) ? marks + 1 : 0;
            if (marks <= MAX_MARKS) {
                compared.appendCodePoint(c);
            }
        }
        return compared.toString();
    }

    private static boolean isTrimmed(int c) {
        return Unicode.isWhiteSpace(c) || Unicode.isDefaultIgnorable(c);
    }

    private static boolean isEmojiPart(int c) {
        return c == 0xFE0E || c == 0xFE0F || (c >= 0xE0020 && c <= 0xE007F);
    }
}
