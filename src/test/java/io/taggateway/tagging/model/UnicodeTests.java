package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of properties of characters, compared with the JDK's and with the totals in Unicode's tables. */
class UnicodeTests {

    @Test
    void whiteSpaceIsThatOfThePatternOfTheJdk() {
        IntPredicate jdk = c -> Pattern.matches("\\p{IsWhite_Space}", Character.toString(c));
        assertThat(all().filter(c -> Unicode.isWhiteSpace(c) != jdk.test(c))).isEmpty();
    }

    @Test
    void numbersOfIgnorableAndBidiCharactersAreThoseOfUnicode() {
        assertThat(all().filter(Unicode::isDefaultIgnorable).count()).isEqualTo(4174);
        assertThat(all().filter(Unicode::isBidiControl).count()).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({
        "a\uD83D, a\uFFFD",
        "\uDD25a, \uFFFDa",
        "\uD83D\uD83D\uDD25, \uFFFD🔥",
        "🔥, 🔥",
        "plain, plain",
    })
    void unpairedSurrogateIsReplaced(String text, String repaired) {
        assertThat(Unicode.wellFormed(text)).isEqualTo(repaired);
    }

    private static IntStream all() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT);
    }
}
