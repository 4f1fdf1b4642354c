package io.taggateway.access.limits;

import io.taggateway.access.limits.LimitsProperties.LengthLimit;
import org.jspecify.annotations.Nullable;

/**
 * Finds names, numbers and strings that are too long before a document is parsed, as the time to parse a number grows
 * with the square of its length. The parser reports invalid tokens.
 */
final class DocumentScan {

    private final String text;
    private final LengthLimit max;
    private int position;

    private DocumentScan(String text, LengthLimit max) {
        this.text = text;
        this.max = max;
    }

    /** The first part that is too long; null if there is none. */
    static @Nullable String findTooLong(String text, LengthLimit max) {
        return text.length() > max.document()
                ? tooLong("The document", text.length(), max.document())
                : new DocumentScan(text, max).scan();
    }

    private @Nullable String scan() {
        String found = null;
        while (found == null && position < text.length()) {
            char first = text.charAt(position);
            if (first == '"') {
                found = check("A string", string(), max.string());
            } else if (first == '#') {
                skipLine();
            } else if (isDigit(first) || first == '-') {
                found = check("A number", run("+-."), max.number());
            } else if (isLetter(first)) {
                found = check("A name", run(""), max.name());
            } else {
                position++;
            }
        }
        return found;
    }

    /** Moves past a name or number and returns its length. */
    private int run(String others) {
        int start = position;
        while (position < text.length() && isPart(text.charAt(position), others)) {
            position++;
        }
        return position - start;
    }

    private static boolean isPart(char letter, String others) {
        return isLetter(letter) || isDigit(letter) || others.indexOf(letter) >= 0;
    }

    /** Moves past a string and returns the length between its quotes. */
    private int string() {
        String quotes = text.startsWith("\"\"\"", position) ? "\"\"\"" : "\"";
        int start = position + quotes.length();
        position = start;
        while (position < text.length() && !text.startsWith(quotes, position)) {
            if (quotes.length() == 1 && text.charAt(position) == '\n') {
                return position - start;
            }
            position += escape(quotes);
        }
        int length = Math.min(position, text.length()) - start;
        position += quotes.length();
        return length;
    }

    /** The length of the escape sequence at this position; 1 for a plain character. */
    private int escape(String quotes) {
        if (text.charAt(position) != '\\') {
            return 1;
        }
        return quotes.length() == 1 ? 2 : text.startsWith(quotes, position + 1) ? 4 : 1;
    }

    private void skipLine() {
        while (position < text.length() && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
            position++;
        }
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean isLetter(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
    }

    private static @Nullable String check(String part, int length, int max) {
        return length > max ? tooLong(part, length, max) : null;
    }

    private static String tooLong(String part, int length, int max) {
        return part + " has %s characters, but the maximum is %s.".formatted(length, max);
    }
}
