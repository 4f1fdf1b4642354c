package io.taggateway.tagging.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A company whose API the gateway uses. The order of the constants is the order of vendors in every response. */
public enum Vendor {
    SIPSIM("SIPSIM"),
    SWIPEONE("Swipe One");

    private final String displayName;
    private final String prefix = name().toLowerCase(Locale.ROOT);

    Vendor(String displayName) {
        this.displayName = displayName;
    }

    /** The display name of the vendor. */
    public String displayName() {
        return displayName;
    }

    /** The prefix of the ids of this vendor's objects. */
    public String prefix() {
        return prefix;
    }

    static @Nullable Vendor ofPrefix(String prefix) {
        for (Vendor vendor : values()) {
            if (vendor.prefix.equals(prefix)) {
                return vendor;
            }
        }
        return null;
    }
}
