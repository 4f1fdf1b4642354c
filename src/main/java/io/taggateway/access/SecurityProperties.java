package io.taggateway.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come in.
 *
 * @param mode {@code none} to let everybody in; empty where nobody said, which is enough for the sandbox on loopback
 */
@ConfigurationProperties(prefix = "gateway.security", ignoreUnknownFields = false)
record SecurityProperties(@DefaultValue("") String mode) {

    private static final String OPEN = "none";

    SecurityProperties {
        if (!mode.isBlank() && !mode.strip().equals(OPEN)) {
            throw new IllegalArgumentException(
                    "GATEWAY_SECURITY_MODE is '" + mode + "', but this version knows only 'none'");
        }
    }

    /** Whether somebody said that everybody may come in. */
    boolean open() {
        return !mode.isBlank();
    }
}
