package io.taggateway.upstream.http;

import io.micrometer.common.KeyValue;
import io.netty.channel.ChannelOption;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.cache.TagListCache;
import io.taggateway.upstream.guard.UpstreamGuard;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.UpstreamClient.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** One account's way to its vendor, with connections of its own so that one that hangs leaves the others alone. */
public final class UpstreamConnection implements VendorAccount.Connection {

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration LIFETIME = Duration.ofSeconds(50);
    private static final double LIFETIME_VARIANCE = 0.2;
    private static final int MAX_HEADER_SIZE = 32 * 1024;

    private final Vendor vendor;
    private final UpstreamSettings settings;
    private final AccountSettings account;
    private final UpstreamConnectionFactory shared;
    private final UpstreamGuard guard;
    private final UpstreamMetrics metrics;
    private final List<Runnable> resources = new ArrayList<>();

    UpstreamConnection(
            Vendor vendor, UpstreamSettings settings, AccountSettings account, UpstreamConnectionFactory shared) {
        this.vendor = vendor;
        this.settings = settings;
        this.account = account;
        this.shared = shared;
        this.guard = new UpstreamGuard(vendor, settings, account.labels(), shared.clock());
        this.metrics = new UpstreamMetrics(shared.meters(), vendor, account.labels());
        metrics.watch(guard);
        resources.add(guard::close);
        resources.add(metrics::close);
    }

    /** The client of the account. */
    public UpstreamClient client(String baseUrl, Credentials credentials) {
        return new UpstreamClient(
                new Target(vendor, baseUrl, credentials, settings),
                transport(vendor.prefix(), settings.limits()),
                guard,
                metrics,
                shared.clock());
    }

    /**
     * The account's tags, cached; their changes are published.
     *
     * @param findsSingly whether the vendor can be asked for one tag
     */
    public TagSource cached(TagSource source, boolean findsSingly) {
        TagListCache cache = shared.tagSources().caching(source, findsSingly, account.feed());
        resources.add(cache::close);
        return cache;
    }

    /** The tokens of a client, requested within the account's limits. */
    public Credentials tokens(ClientCredentialsTokens.Client client) {
        UpstreamTransport http = transport(vendor.prefix() + "-token", settings.limits());
        return new ClientCredentialsTokens(
                client, http, vendor, settings.limits().responseTimeout(), shared.clock());
    }

    @Override
    public Condition condition() {
        return guard.condition();
    }

    @Override
    public long writeVersion() {
        return metrics.writes();
    }

    @Override
    public void close() {
        resources.forEach(Runnable::run);
    }

    private UpstreamTransport transport(String name, UpstreamSettings.Limits limits) {
        ConnectionProvider pool = ConnectionProvider.builder(name)
                .maxConnections(limits.maxConnections())
                // The bulkhead of the guard bounds how many wait
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(limits.responseTimeout())
                .maxIdleTime(IDLE)
                // So that a host that has moved is followed, by one connection after the other
                .maxLifeTime(LIFETIME)
                .maxLifeTimeVariance(LIFETIME_VARIANCE)
                .build();
        resources.add(pool::dispose);
        int maxSize = Math.toIntExact(limits.maxResponseSize().toBytes());
        return new UpstreamTransport(
                webClient(name, pool), webClient(name, ConnectionProvider.newConnection()), maxSize);
    }

    private WebClient webClient(String name, ConnectionProvider connections) {
        Duration connectTimeout = settings.limits().connectTimeout();
        HttpClient http = HttpClient.create(connections)
                .compress(true)
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(MAX_HEADER_SIZE))
                .doOnChannelInit((observer, channel, address) -> channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, "interimResponses", new InterimResponseFilter()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()));
        return shared.http()
                .clone()
                .observationConvention(new NamedObservation(KeyValue.of("client.name", name)))
                .clientConnector(new ReactorClientHttpConnector(http))
                .build();
    }

    /**
     * Measures a vendor's requests under the vendor's name, whatever host it is reached at. Traces have no query
     * strings, in which callers' searches are.
     */
    static final class NamedObservation extends DefaultClientRequestObservationConvention {

        private final KeyValue clientName;

        NamedObservation(KeyValue clientName) {
            this.clientName = clientName;
        }

        @Override
        protected KeyValue clientName(ClientRequestObservationContext context) {
            return clientName;
        }

        @Override
        protected KeyValue httpUrl(ClientRequestObservationContext context) {
            KeyValue url = super.httpUrl(context);
            return KeyValue.of(url.getKey(), url.getValue().replaceFirst("\\?.*", ""));
        }
    }
}
