package io.taggateway.attack;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes a valid text, whose characters are bytes, so that it is usually malformed. */
final class Corruption {

    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*+\"|-?\\d+|true|false|null|\\w+|[{}\\[\\]:,]");

    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "{}",
            "[]",
            "[[[]]]",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "-0",
            "1e999999999",
            "9".repeat(400),
            "0.1e-400",
            "{\"query\":1,\"query\":2}",
            "NaN",
            "...",
            "$",
            "#",
            "\"\"\"",
            ",,",
            "\\");

    /** Invalid UTF-8 sequences and control characters. */
    private static final List<String> OCTETS = List.of(
            "\u00c0\u0080",
            "\u00ed\u00a0\u0080",
            "\u00ff",
            "\u00f8\u0088",
            "\u0000",
            "\r\n",
            "\u00ef\u00bb\u00bf",
            "\u007f");

    private static final List<String> OPENINGS = List.of("[", "{\"a\":", "{", "(", "{a(b:", "[{\"query\":");

    private final Random random;

    /** Creates changes that are the same for the same seed. */
    Corruption(long seed) {
        random = new Random(seed);
    }

    /** A valid text with one to three changes. */
    String corrupt(String valid) {
        String corrupted = valid;
        for (int i = random.nextInt(3); i >= 0; i--) {
            corrupted = changed(corrupted);
        }
        return corrupted;
    }

    private String changed(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(40));
        String before = text.substring(0, from);
        String after = text.substring(from);
        return switch (random.nextInt(8)) {
            case 0 -> before;
            case 1 -> flipped(text, from);
            case 2 -> before + any(OCTETS) + after;
            case 3 -> before + any(OPENINGS).repeat(1 + random.nextInt(random.nextInt(4) == 0 ? 5_000 : 50)) + after;
            case 4 -> before + text.substring(to);
            case 5 -> before + text.substring(from, to).repeat(1 + random.nextInt(5)) + after;
            default -> withOtherToken(text);
        };
    }

    private static String flipped(String text, int at, int bit) {
        return text.substring(0, at) + (char) (text.charAt(at) ^ (1 << bit)) + text.substring(at + 1);
    }

    private String flipped(String text, int at) {
        return at >= text.length() ? text : flipped(text, at, random.nextInt(8));
    }

    private String withOtherToken(String text) {
        List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
        if (tokens.isEmpty()) {
            return any(TOKENS);
        }
        MatchResult token = any(tokens);
        return text.substring(0, token.start()) + any(TOKENS) + text.substring(token.end());
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
