package io.taggateway.tagging.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A system whose tags the gateway unifies; the order of the constants is the order of vendors in every response. */
public enum Vendor {
    SIPSIM("SIPSIM"),
    SWIPEONE("Swipe One");

    private final String displayName;
    private final String prefix = name().toLowerCase(Locale.ROOT);

    Vendor(String displayName) {
        this.displayName = displayName;
    }

    /** The name that people know the vendor by. */
    public String displayName() {
        return displayName;
    }

    /** The first part of the ids of everything that this vendor holds. */
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
