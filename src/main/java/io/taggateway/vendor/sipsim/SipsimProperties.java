package io.taggateway.vendor.sipsim;

import io.taggateway.upstream.BaseUrl;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.Secret;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of SIPSIM.
 *
 * @param enabled whether SIPSIM is used
 * @param baseUrl the base URL of its API, with the version
 * @param allowInsecureHttp whether its addresses may be http URLs of other hosts than loopback
 * @param accessToken a fixed token
 * @param clientId with a secret, in place of a fixed token: OAuth client credentials
 * @param clientSecret goes with the client id
 * @param tokenUrl the token endpoint; if empty, {@code /oauth/token} on the API's host
 * @param webhookSecret the secret that signs webhook deliveries; without one the webhook does not exist
 * @param scopes the requested OAuth scopes
 * @param limits the limits on time and concurrency
 * @param retry the retries if it is unavailable
 * @param circuit the circuit breaker
 */
@ConfigurationProperties(prefix = "gateway.vendors.sipsim", ignoreUnknownFields = false)
record SipsimProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("https://app.sipsim.com/api/v2") String baseUrl,
        @DefaultValue("false") boolean allowInsecureHttp,
        @DefaultValue("") Secret accessToken,
        @DefaultValue("") String clientId,
        @DefaultValue("") Secret clientSecret,
        @DefaultValue("") String tokenUrl,
        @DefaultValue("") Secret webhookSecret,

        @DefaultValue("tags.read tags.write calls.read calls.tags.write")
        String scopes,

        @DefaultValue UpstreamSettings.Limits limits,
        @DefaultValue UpstreamSettings.Retry retry,
        @DefaultValue UpstreamSettings.Circuit circuit) {

    SipsimProperties {
        baseUrl = BaseUrl.check("SIPSIM", "BASE_URL", baseUrl, allowInsecureHttp);
        tokenUrl = tokenUrl.isBlank() ? "" : BaseUrl.check("SIPSIM", "TOKEN_URL", tokenUrl, allowInsecureHttp);
        if (accessToken.isSet() && (!clientId.isBlank() || clientSecret.isSet())) {
            throw new IllegalArgumentException(
                    "Set either SIPSIM_ACCESS_TOKEN or SIPSIM_CLIENT_ID and SIPSIM_CLIENT_SECRET, not both");
        }
        if (clientId.isBlank() == clientSecret.isSet()) {
            throw new IllegalArgumentException(
                    clientId.isBlank()
                            ? "SIPSIM_CLIENT_SECRET is set without SIPSIM_CLIENT_ID"
                            : "SIPSIM_CLIENT_ID is set without SIPSIM_CLIENT_SECRET");
        }
    }

    UpstreamSettings settings() {
        return new UpstreamSettings(limits, retry, circuit);
    }

    boolean configured() {
        return enabled && (accessToken.isSet() || clientSecret.isSet());
    }

    String effectiveTokenUrl() {
        return tokenUrl.isBlank() ? URI.create(baseUrl).resolve("/oauth/token").toString() : tokenUrl;
    }
}
