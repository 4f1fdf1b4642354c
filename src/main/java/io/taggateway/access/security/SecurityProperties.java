package io.taggateway.access.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may come in.
 *
 * @param mode {@code none} to let everybody in; empty where nobody said, which is enough for the sandbox on loopback
 */
@ConfigurationProperties(prefix = "gateway.security", ignoreUnknownFields = false)
public record SecurityProperties(@DefaultValue("") String mode) {

    private static final String OPEN = "none";

    /** Checks that the mode is known. */
    public SecurityProperties {
        if (!mode.isBlank() && !mode.strip().equals(OPEN)) {
            throw new IllegalArgumentException(
                    "GATEWAY_SECURITY_MODE is '" + mode + "', but this version knows only 'none'");
        }
    }

    /** Whether somebody said that everybody may come in. */
    public boolean open() {
        return !mode.isBlank();
    }
}
