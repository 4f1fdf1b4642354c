package io.taggateway.access.security;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of authentication and access.
 *
 * @param mode how callers authenticate: {@code none}, {@code api-key}, {@code jwt} or {@code api-key,jwt}; empty, the
 *     default, permits every caller and is sufficient for the sandbox
 * @param hosts the host names of the gateway, in addition to {@code localhost}
 * @param keys API keys, each as {@code name=sha256:scope+scope}
 * @param apiKeys further API keys by the names of their callers
 * @param apiKeysFile a YAML file of further API keys, in the form of {@code apiKeys}; empty for none
 * @param apiKeysInterval the interval at which the file is checked for changes
 * @param jwt which tokens are valid
 */
@ConfigurationProperties(prefix = "gateway.security", ignoreUnknownFields = false)
public record SecurityProperties(
        @DefaultValue("") String mode,
        @DefaultValue Set<String> hosts,
        @DefaultValue List<String> keys,
        @DefaultValue Map<String, ApiKeyProperties> apiKeys,
        @DefaultValue("") String apiKeysFile,
        @DefaultValue("5s") Duration apiKeysInterval,
        @DefaultValue JwtProperties jwt) {

    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d+(?:\\.\\d+){3}");

    /** Checks that the mode is known. Host names are compared without case. */
    public SecurityProperties {
        SecurityMode.parse(mode);
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** How callers may authenticate. */
    Set<SecurityMode> modes() {
        return SecurityMode.parse(mode);
    }

    /** Whether the mode explicitly permits every caller. */
    public boolean open() {
        return modes().contains(SecurityMode.NONE);
    }

    /** Whether callers must authenticate. */
    public boolean authenticates() {
        return !modes().isEmpty() && !open();
    }

    /** Whether an API key or a file of API keys is configured. */
    boolean hasKeys() {
        return !keys.isEmpty() || !apiKeys.isEmpty() || !apiKeysFile.isBlank();
    }

    /** Whether a host is one of the gateway's. IP addresses are accepted, as DNS rebinding needs a host name. */
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
