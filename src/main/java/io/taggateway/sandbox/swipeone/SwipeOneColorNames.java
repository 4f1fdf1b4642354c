package io.taggateway.sandbox.swipeone;

import java.util.List;

/** Which colors played Swipe One takes: the names that its documentation lists, and maybe the hex of its examples. */
final class SwipeOneColorNames {

    private static final List<String> NAMES = List.of(
            "gray", "tomato", "red", "ruby", "crimson", "pink", "plum", "purple", "violet", "iris", "indigo", "cyan",
            "blue", "teal", "jade", "green", "grass", "bronze", "gold", "brown", "orange", "amber", "yellow", "lime",
            "mint", "sky");

    private SwipeOneColorNames() {}

    static boolean accepts(String color, boolean strict) {
        return NAMES.contains(color) || (!strict && color.matches("#[0-9A-Fa-f]{3}([0-9A-Fa-f]{3})?"));
    }
}
