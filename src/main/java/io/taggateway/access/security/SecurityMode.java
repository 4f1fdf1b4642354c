package io.taggateway.access.security;

import java.util.EnumSet;
import java.util.Set;
import org.springframework.util.StringUtils;

/** A way in which callers authenticate, or none. */
enum SecurityMode {
    NONE("none"),
    API_KEY("api-key"),
    JWT("jwt");

    private final String text;

    SecurityMode(String text) {
        this.text = text;
    }

    /**
     * Parses a comma-separated list of modes.
     *
     * @throws IllegalArgumentException if one is unknown, or {@code none} is not the only one
     */
    static Set<SecurityMode> parse(String list) {
        Set<SecurityMode> modes = EnumSet.noneOf(SecurityMode.class);
        for (String each : StringUtils.tokenizeToStringArray(list, ",")) {
            modes.add(of(each, list));
        }
        if (modes.size() > 1 && modes.contains(NONE)) {
            throw unknown(list);
        }
        return modes;
    }

    private static SecurityMode of(String text, String list) {
        for (SecurityMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        throw unknown(list);
    }

    private static IllegalArgumentException unknown(String list) {
        return new IllegalArgumentException(
                "GATEWAY_SECURITY_MODE is '" + list + "', but it has to be none, api-key, jwt or api-key,jwt");
    }
}
