package io.taggateway.tagging.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of colors in the forms of vendors and callers. */
class ColorTests {

    @ParameterizedTest
    @CsvSource({
        "#ff5733, #FF5733",
        "FF5733, #FF5733",
        "' #Ff5733 ', #FF5733",
        "#f53, #FF5533",
        "abc, #AABBCC",
        "#FF573380, #FF5733",
        "ff573380, #FF5733",
        "tomato, #E54D2E",
        "TOMATO, #E54D2E",
        "Sky, #7CE2FE",
        "#f538, #FF5533",
        "##FF0000, #FF0000",
        "magenta, #FF00FF",
        "RebeccaPurple, #663399",
        "'rgb(220, 38, 38)', #DC2626",
        "'RGB(220 38 38)', #DC2626",
        "'rgb(220 38 38 / 50%)', #DC2626",
        "'rgba(220,38,38,.5)', #DC2626",
        "'rgb(100%, 0%, 20%)', #FF0033",
        "'rgb(300 -5 none)', #FF0000",
        "'rgb(2.2e2 38 38)', #DC2626",
        "'hsl(0, 100%, 50%)', #FF0000",
        "'hsl(120deg 100% 25% / 0.5)', #008000",
        "'hsla(240,100%,50%,1)', #0000FF",
        "'hsl(.5turn 100 50)', #00FFFF",
        "'hsl(-120 100% 50%)', #0000FF",
        "'hsl(200grad, 100%, 50%)', #00FFFF",
    })
    void everyAcceptedFormIsRead(String raw, String hex) {
        assertThat(Color.read(raw)).isEqualTo(new Color(hex, raw));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "#",
                "#ff",
                "#ff573",
                "#ff57338",
                "###FF0000",
                "#GG0000",
                "０１２",
                "14427686",
                "1442",
                "reddish",
                "transparent",
                "currentcolor",
                "rgb(1,2)",
                "rgb(1,2,3",
                "rgb(a,b,c)",
                "hsl(red)",
                "var(--red)"
            })
    void unreadableColorIsReturnedAsTheDefaultWithItsText(@Nullable String raw) {
        assertThat(Color.read(raw)).isEqualTo(new Color(Color.DEFAULT_HEX, raw));
        assertThat(Color.read(raw).isKnown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#6B7280", "6b7280", "rgb(107, 114, 128)", "gray", "tomato"})
    void colorIsKnownWhenItEqualsTheDefault(String raw) {
        assertThat(Color.read(raw).isKnown()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everyPaletteColorIsNearestToItselfAndExact(ColorName name) {
        Color color = Color.read(name.name().toLowerCase(Locale.ROOT));
        assertThat(color.name()).isEqualTo(name);
        assertThat(color.exact()).isTrue();
        assertThat(Color.read(color.hex()).exact()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"#E5484E, RED", "#E54D2F, TOMATO", "#0091FF, BLUE", "#6B7280, GRAY", "#FFFF00, YELLOW", "#00FF00, LIME"
    })
    void nearestPaletteColorHasTheLeastPerceptualDifference(String hex, ColorName name) {
        Color color = Color.read(hex);
        assertThat(color.name()).isEqualTo(name);
        assertThat(color.exact()).isFalse();
    }

    @Test
    void whiteHasFullLightnessAndGraysHaveNoHue() {
        ColorName.Oklab white = ColorName.Oklab.of(0xFFFFFF);
        assertThat(white.lightness()).isBetween(0.9999, 1.0001);
        assertThat(Math.hypot(white.greenRed(), white.blueYellow())).isLessThan(0.001);
        assertThat(ColorName.Oklab.of(0).distance(white)).isBetween(0.999, 1.001);
    }

    @Property(seed = "1", tries = 500)
    void everyTextIsReadOrRefusedAndReadingAgainChangesNothing(@ForAll String text) {
        String hex = Color.hexOf(text);
        if (hex != null) {
            assertThat(hex).matches("#[0-9A-F]{6}");
            assertThat(Color.hexOf(hex)).isEqualTo(hex);
        }
        assertThat(Color.read(text).hex()).isEqualTo(Objects.requireNonNullElse(hex, Color.DEFAULT_HEX));
    }

    @Property(seed = "2", tries = 500)
    void everyRgbValueIsReadInAllItsForms(@ForAll @IntRange(max = 0xFFFFFF) int rgb) {
        String hex = String.format(Locale.ROOT, "#%06X", rgb);
        assertThat(Color.hexOf(hex.toLowerCase(Locale.ROOT))).isEqualTo(hex);
        assertThat(Color.hexOf(hex.substring(1))).isEqualTo(hex);
        assertThat(Color.hexOf(hex + "7f")).isEqualTo(hex);
        Color color = Color.read(hex);
        assertThat(color.exact()).isEqualTo(color.name().rgb() == rgb);
    }
}
