package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Color;
import java.util.Locale;

/** How colors are sent to Swipe One, whose list has names and whose examples have hex. */
enum SwipeOneColors {
    /** The nearest name of the list, as it documents. */
    NAME,
    /** The color itself, as its examples show. */
    HEX;

    String write(String hex) {
        return this == HEX ? hex : Color.read(hex).name().name().toLowerCase(Locale.ROOT);
    }

    String stored(String hex) {
        return this == HEX ? hex : Color.hexOf(Color.read(hex).name());
    }
}
