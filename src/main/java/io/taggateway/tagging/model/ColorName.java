package io.taggateway.tagging.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The palette of 26 named colors; values are step 9 of the light accent scales of Radix Colors. */
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

    /** The palette color of a name in any case; null where there is none. */
    static @Nullable ColorName find(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (ColorName candidate : values()) {
            if (candidate.name().equals(upper)) {
                return candidate;
            }
        }
        return null;
    }
}
