package io.taggateway.upstream.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.cache.DeliveryLog;
import io.taggateway.upstream.cache.TagSourceFactory;
import io.taggateway.upstream.guard.FailureLog;
import io.taggateway.upstream.guard.LockProvider;
import io.taggateway.upstream.guard.RateCoordination;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.Credentials.TokenStore;
import io.taggateway.upstream.telemetry.UpstreamMeter;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;

/**
 * Creates the connections of accounts.
 *
 * @param meter measures the requests of every account
 * @param tagSources caches the tags of every account
 * @param locks provides the locks of every account
 * @param meters the registry for the meters of all accounts
 * @param settings of HTTP clients, whose keys and certificates are used
 * @param failures logs the failures of all accounts
 * @param accounts shares the state of accounts with other replicas
 * @param resources with the event loops of the server, on which connections to vendors run too
 */
@Component
public record UpstreamConnectionFactory(
        UpstreamMeter meter,
        TagSourceFactory tagSources,
        LockProvider locks,
        MeterRegistry meters,
        Clock clock,
        HttpClientSettings settings,
        FailureLog failures,
        SharedAccountState accounts,
        ReactorResourceFactory resources) {

    private static final Duration MAX_LIFETIME = Duration.ofMinutes(1);

    /** The connection of a new account. */
    public UpstreamConnection connect(Vendor vendor, UpstreamSettings settings, AccountSettings account) {
        return new UpstreamConnection(vendor, settings, account, this, MAX_LIFETIME);
    }

    /**
     * The state that accounts share with those of other replicas.
     *
     * @param rate limits the rate of requests to accounts
     * @param tokens stores the access tokens of accounts
     * @param deliveries opens the logs of webhooks
     */
    public record SharedAccountState(RateCoordination rate, TokenStore tokens, DeliveryLog.Factory deliveries) {

        /** The state of a gateway without other replicas. */
        public static SharedAccountState inProcess(Clock clock) {
            return new SharedAccountState(
                    RateCoordination.NONE,
                    TokenStore.none(),
                    (tenant, vendor, retention) -> DeliveryLog.inMemory(retention, clock));
        }
    }
}
