package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Color;
import io.taggateway.upstream.BaseUrl;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.Secret;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of Swipe One.
 *
 * @param enabled whether Swipe One is used
 * @param baseUrl the base URL of its API
 * @param allowInsecureHttp whether its address may be an http URL of another host than loopback
 * @param apiKey a workspace's key
 * @param workspaceId the workspace, as the app's address shows it
 * @param colorFormat whether to send colors by name or as hex
 * @param limits the limits on time and concurrency
 * @param retry the retries if it is unavailable
 * @param circuit the circuit breaker
 */
@ConfigurationProperties(prefix = "gateway.vendors.swipeone", ignoreUnknownFields = false)
record SwipeOneProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("https://api.swipeone.com/api") String baseUrl,
        @DefaultValue("false") boolean allowInsecureHttp,
        @DefaultValue("") Secret apiKey,
        @DefaultValue("") String workspaceId,
        @DefaultValue("name") ColorFormat colorFormat,
        @DefaultValue UpstreamSettings.Limits limits,
        @DefaultValue UpstreamSettings.Retry retry,
        @DefaultValue UpstreamSettings.Circuit circuit) {

    SwipeOneProperties {
        baseUrl = BaseUrl.check("SWIPEONE", "BASE_URL", baseUrl, allowInsecureHttp);
        if (apiKey.isSet() == workspaceId.isBlank()) {
            throw new IllegalArgumentException(
                    apiKey.isSet()
                            ? "SWIPEONE_API_KEY is set without SWIPEONE_WORKSPACE_ID"
                            : "SWIPEONE_WORKSPACE_ID is set without SWIPEONE_API_KEY");
        }
    }

    UpstreamSettings settings() {
        return new UpstreamSettings(limits, retry, circuit);
    }

    boolean configured() {
        return enabled && apiKey.isSet();
    }

    /** How colors are sent to Swipe One. Its documentation lists names, and its examples have hex. */
    enum ColorFormat {
        /** The nearest name of the documented list. */
        NAME,
        /** The color itself, as in its examples. */
        HEX;

        String write(String hex) {
            return this == HEX ? hex : Color.read(hex).name().name().toLowerCase(Locale.ROOT);
        }
    }
}
