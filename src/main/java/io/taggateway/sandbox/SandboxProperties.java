package io.taggateway.sandbox;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the simulated vendors.
 *
 * @param enabled Whether vendors are simulated when there are no credentials for any
 * @param ports By a vendor's name its port on 127.0.0.1; 0 takes any that is free
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
