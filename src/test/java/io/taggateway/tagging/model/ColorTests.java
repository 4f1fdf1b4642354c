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

/** Colors as vendors hold them and callers write them. */
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
        "Sky, #7CE2FE"
    })
    void everyAcceptedFormIsRead(String raw, String hex) {
        assertThat(Color.read(raw)).isEqualTo(new Color(hex, raw));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "#", "#ff", "#ff57", "#ff573", "#ff57338", "##FF0000", "magenta", "#GG0000", "０１２"})
    void anythingElseIsShownInTheDefaultColorWithWhatTheVendorHolds(@Nullable String raw) {
        assertThat(Color.read(raw)).isEqualTo(new Color(Color.DEFAULT_HEX, raw));
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
    void nearestPaletteColorIsTheLeastDifferentToTheEye(String hex, ColorName name) {
        Color color = Color.read(hex);
        assertThat(color.name()).isEqualTo(name);
        assertThat(color.exact()).isFalse();
    }

    @Test
    void whiteIsOneHundredPercentLightAndGraysHaveNoHue() {
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
