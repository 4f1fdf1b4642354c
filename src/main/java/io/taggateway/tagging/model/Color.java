package io.taggateway.tagging.model;

import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A tag's color.
 *
 * @param hex {@code #RRGGBB}, upper case
 * @param raw the color as the vendor stores it: a hex value, a palette name, any other text, or null
 */
public record Color(String hex, @Nullable String raw) {

    /** The color of a tag that was created without a color, as SIPSIM defines it. */
    public static final String DEFAULT_HEX = "#6B7280";

    /**
     * Reads the color that a vendor stores. A color that cannot be read is unknown, and has the hex value of the
     * default color.
     */
    public static Color read(@Nullable String raw) {
        String hex = raw == null ? null : hexOf(raw);
        return new Color(hex == null ? DEFAULT_HEX : hex, raw);
    }

    /**
     * Reads a color in the forms of CSS Color 4 (hex digits, {@code rgb()}, {@code hsl()}, names), whose alpha is
     * dropped; hex digits with or without {@code #}, or with one too many; and the names of the palette, which take
     * precedence over those of CSS. Case is ignored.
     *
     * @return {@code #RRGGBB}, upper case; null if the text is no color
     */
    public static @Nullable String hexOf(String text) {
        String trimmed = text.strip();
        if (isHexTriplet(trimmed)) {
            return trimmed.toUpperCase(Locale.ROOT);
        }
        ColorName name = ColorName.find(trimmed);
        Integer rgb = name == null ? CssColor.read(trimmed) : (Integer) name.rgb();
        return rgb == null ? null : hex(rgb);
    }

    /** Whether the vendor's color could be read. An unknown color agrees with every color and is never copied. */
    public boolean isKnown() {
        return !hex.equals(DEFAULT_HEX) || (raw != null && hexOf(raw) != null);
    }

    /** The nearest palette color. */
    public ColorName name() {
        return ColorName.nearest(rgb());
    }

    /** Whether this is the palette color itself. */
    public boolean exact() {
        return name().rgb() == rgb();
    }

    /** Whether a text has the form in which vendors write most colors. */
    private static boolean isHexTriplet(String text) {
        boolean hex = text.length() == 7 && text.charAt(0) == '#';
        for (int i = 1; hex && i < text.length(); i++) {
            hex = HexFormat.isHexDigit(text.charAt(i));
        }
        return hex;
    }

    private int rgb() {
        return Integer.parseInt(hex, 1, 7, 16);
    }

    private static String hex(int rgb) {
        return String.format(Locale.ROOT, "#%06X", rgb);
    }
}
