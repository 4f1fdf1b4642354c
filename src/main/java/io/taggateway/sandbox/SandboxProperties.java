package io.taggateway.sandbox;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the built-in stand-ins for both vendors.
 *
 * @param enabled Whether the sandbox plays both vendors when there are no credentials for either
 * @param sipsimPort Port of played SIPSIM on 127.0.0.1; 0 takes any that is free
 * @param swipeonePort Port of played Swipe One on 127.0.0.1; 0 takes any that is free
 * @param active Whether the sandbox is playing; the gateway says this, setting it has no effect
 */
@ConfigurationProperties(prefix = SandboxProperties.PREFIX, ignoreUnknownFields = false)
public record SandboxProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("0") int sipsimPort,
        @DefaultValue("0") int swipeonePort,
        @DefaultValue("false") boolean active) {

    static final String PREFIX = "gateway.sandbox";

    public static SandboxProperties defaults() {
        return new SandboxProperties(true, 0, 0, false);
    }
}
