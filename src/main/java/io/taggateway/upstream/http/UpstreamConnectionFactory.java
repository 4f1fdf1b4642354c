package io.taggateway.upstream.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.cache.TagSourceFactory;
import io.taggateway.upstream.guard.FailureLog;
import io.taggateway.upstream.guard.UpstreamSettings;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;

/**
 * Creates the connections of accounts.
 *
 * @param observations where requests of every account are observed
 * @param tagSources caches the tags of every account
 * @param meters the registry for the meters of all accounts
 * @param settings of HTTP clients, whose keys and certificates are used
 * @param failures logs the failures of all accounts
 * @param resources with the event loops of the server, on which connections to vendors run too
 */
@Component
public record UpstreamConnectionFactory(
        ObservationRegistry observations,
        TagSourceFactory tagSources,
        MeterRegistry meters,
        Clock clock,
        HttpClientSettings settings,
        FailureLog failures,
        ReactorResourceFactory resources) {

    private static final Duration MAX_LIFETIME = Duration.ofMinutes(1);

    /** The connection of a new account. */
    public UpstreamConnection connect(Vendor vendor, UpstreamSettings settings, AccountSettings account) {
        return new UpstreamConnection(vendor, settings, account, this, MAX_LIFETIME);
    }
}
