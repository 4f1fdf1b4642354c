package io.taggateway.tagging.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The palette of 26 named colors. Its values are those of step 9 of the light accent scales of Radix Colors. */
public enum ColorName {
    GRAY(0x8D8D8D),
    TOMATO(0xE54D2E),
    RED(0xE5484D),
    RUBY(0xE54666),
    CRIMSON(0xE93D82),
    PINK(0xD6409F),
    PLUM(0xAB4ABA),
    PURPLE(0x8E4EC6),
    VIOLET(0x6E56CF),
    IRIS(0x5B5BD6),
    INDIGO(0x3E63DD),
    CYAN(0x00A2C7),
    BLUE(0x0090FF),
    TEAL(0x12A594),
    JADE(0x29A383),
    GREEN(0x30A46C),
    GRASS(0x46A758),
    BRONZE(0xA18072),
    GOLD(0x978365),
    BROWN(0xAD7F58),
    ORANGE(0xF76B15),
    AMBER(0xFFC53D),
    YELLOW(0xFFE629),
    LIME(0xBDEE63),
    MINT(0x86EAD4),
    SKY(0x7CE2FE);

    private static final List<Oklab> PALETTE =
            Arrays.stream(values()).map(name -> Oklab.of(name.rgb)).toList();

    private final int rgb;

    ColorName(int rgb) {
        this.rgb = rgb;
    }

    int rgb() {
        return rgb;
    }

    /** The palette color at the least perceptual distance (in OKLab) from an RGB value. */
    static ColorName nearest(int rgb) {
        Oklab color = Oklab.of(rgb);
        ColorName[] names = values();
        int nearest = 0;
        for (int i = 1; i < names.length; i++) {
            if (PALETTE.get(i).distance(color) < PALETTE.get(nearest).distance(color)) {
                nearest = i;
            }
        }
        return names[nearest];
    }

    /** The palette color of a name in any case; null if there is none. */
    static @Nullable ColorName find(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (ColorName candidate : values()) {
            if (candidate.name().equals(upper)) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * A color in Björn Ottosson's OKLab space, in which equal distances are perceived as equal differences.
     *
     * @param lightness 0 to 1
     * @param greenRed about -0.4 to 0.4
     * @param blueYellow about -0.4 to 0.4
     */
    record Oklab(double lightness, double greenRed, double blueYellow) {

        static Oklab of(int rgb) {
            double red = linear(rgb >> 16 & 0xFF);
            double green = linear(rgb >> 8 & 0xFF);
            double blue = linear(rgb & 0xFF);
            double l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
            double m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
            double s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
            return new Oklab(
                    0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                    1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                    0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
        }

        /** The square of the distance, which is sufficient for comparisons. */
        double distance(Oklab other) {
            double dl = lightness - other.lightness;
            double da = greenRed - other.greenRed;
            double db = blueYellow - other.blueYellow;
            return dl * dl + da * da + db * db;
        }

        private static double linear(int channel) {
            double value = channel / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
    }
}
