package io.taggateway.tagging.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag's color.
 *
 * @param hex {@code #RRGGBB}, upper case
 * @param raw what the vendor holds: a hex text, a palette name, or null
 */
public record Color(String hex, @Nullable String raw) {

    /** The color of a tag that was given none, as SIPSIM defines it. */
    public static final String DEFAULT_HEX = "#6B7280";

    private static final Pattern HEX = Pattern.compile("#?(?:([0-9A-Fa-f]{6})(?:[0-9A-Fa-f]{2})?|([0-9A-Fa-f]{3}))");

    /** Reads whatever a vendor holds; what cannot be read is shown in the default color. */
    public static Color read(@Nullable String raw) {
        String hex = raw == null ? null : hexOf(raw);
        return new Color(hex == null ? DEFAULT_HEX : hex, raw);
    }

    /**
     * Reads what a caller asks for: three, six or eight hex digits (alpha is dropped) with or without {@code #}, or a
     * palette name, in any case.
     *
     * @return {@code #RRGGBB}, upper case; null where the text is no color
     */
    public static @Nullable String hexOf(String text) {
        String trimmed = text.strip();
        ColorName name = ColorName.find(trimmed);
        if (name != null) {
            return hex(name.rgb());
        }
        Matcher matcher = HEX.matcher(trimmed);
        if (!matcher.matches()) {
            return null;
        }
        String digits =
                matcher.group(1) != null ? matcher.group(1) : matcher.group(2).replaceAll("[0-9A-Fa-f]", "$0$0");
        return "#" + digits.toUpperCase(Locale.ROOT);
    }

    /** The nearest palette color. */
    public ColorName name() {
        return ColorName.nearest(rgb());
    }

    /** The palette color itself, as {@code #RRGGBB}. */
    public static String hexOf(ColorName name) {
        return hex(name.rgb());
    }

    /** Whether this is the palette color itself. */
    public boolean exact() {
        return name().rgb() == rgb();
    }

    private int rgb() {
        return Integer.parseInt(hex, 1, 7, 16);
    }

    private static String hex(int rgb) {
        return String.format(Locale.ROOT, "#%06X", rgb);
    }
}
