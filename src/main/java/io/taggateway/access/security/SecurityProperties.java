package io.taggateway.access.security;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The security mode.
 *
 * @param mode {@code none} permits every caller; empty, the default, is sufficient for the sandbox on loopback
 * @param hosts the names by which callers reach the gateway, other than {@code localhost}
 */
@ConfigurationProperties(prefix = "gateway.security", ignoreUnknownFields = false)
public record SecurityProperties(
        @DefaultValue("") String mode, @DefaultValue Set<String> hosts) {

    private static final String OPEN = "none";
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d+(?:\\.\\d+){3}");

    /** Checks that the mode is known; names of hosts have no case. */
    public SecurityProperties {
        if (!mode.isBlank() && !mode.strip().equals(OPEN)) {
            throw new IllegalArgumentException(
                    "GATEWAY_SECURITY_MODE is '" + mode + "', but this version knows only 'none'");
        }
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the mode explicitly permits every caller. */
    public boolean open() {
        return !mode.isBlank();
    }

    /** Whether a host is one of the gateway's: an IP address is, as no page can have its own name resolve to it. */
    public boolean isOwnHost(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || hosts.contains(name)
                || ADDRESS.matcher(name).matches();
    }
}
