package io.taggateway.sandbox;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the simulated vendors.
 *
 * @param enabled Whether vendors are simulated when there are no credentials for any
 * @param ports Ports on 127.0.0.1 by the vendors' names; 0 means any free port
 */
@ConfigurationProperties(prefix = SandboxProperties.PREFIX, ignoreUnknownFields = false)
public record SandboxProperties(
        @DefaultValue("true") boolean enabled, @DefaultValue Map<String, Integer> ports) {

    static final String PREFIX = "gateway.sandbox";

    public static SandboxProperties defaults() {
        return new SandboxProperties(true, Map.of());
    }

    int port(String vendor) {
        return ports.getOrDefault(vendor, 0);
    }
}
