package io.taggateway.tagging.model;

/**
 * A color in Björn Ottosson's OKLab space, where equal distances look equally different.
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

    /** The square of the distance, which orders as the distance does. */
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
