package io.taggateway.upstream.http;

import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.taggateway.tagging.directory.TenantLabel;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TimeLimit;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.cache.DeliveryLog;
import io.taggateway.upstream.cache.TagListCache;
import io.taggateway.upstream.cache.TagListExchange.Account;
import io.taggateway.upstream.guard.KeyedLock;
import io.taggateway.upstream.guard.UpstreamGuard;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.UpstreamClient.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import reactor.netty.NettyPipeline;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/**
 * The connection of one account to its vendor. Accounts have separate connection pools, so that a hanging vendor
 * affects no other.
 */
public final class UpstreamConnection implements VendorAccount.Connection {

    private static final Duration IDLE = Duration.ofSeconds(30);
    /**
     * The maximum reduction of a connection's lifetime, in percent, so that connections do not all end at the same
     * time.
     */
    private static final double LIFETIME_VARIANCE = 30;

    private static final int MAX_HEADER_SIZE = 32 * 1024;

    private final Vendor vendor;
    private final UpstreamSettings settings;
    private final AccountSettings account;
    private final UpstreamConnectionFactory shared;
    private final Duration maxLifetime;
    private final UpstreamGuard guard;
    private final UpstreamMetrics metrics;
    private final List<Runnable> resources = new ArrayList<>();
    private volatile boolean closed;

    UpstreamConnection(
            Vendor vendor,
            UpstreamSettings settings,
            AccountSettings account,
            UpstreamConnectionFactory shared,
            Duration maxLifetime) {
        this.vendor = vendor;
        this.settings = settings;
        this.account = account;
        this.shared = shared;
        this.maxLifetime = maxLifetime;
        TenantLabel label = account.label();
        this.guard = new UpstreamGuard(
                vendor, settings, label, shared.clock(), shared.accounts().rate());
        this.metrics = new UpstreamMetrics(shared.meters(), shared.failures(), vendor, label);
        metrics.watch(guard);
    }

    /** The client of the account. */
    public UpstreamClient client(String baseUrl, Credentials credentials) {
        return new UpstreamClient(
                new Target(vendor, baseUrl, credentials, settings),
                transport(vendor.prefix(), URI.create(baseUrl)),
                guard,
                metrics,
                shared.clock());
    }

    /** A lock of the account, for one purpose. */
    public KeyedLock lock(String purpose) {
        return shared.locks().lock(vendor, purpose);
    }

    /**
     * The account's tags, cached; their changes are published.
     *
     * @param findsSingly whether the vendor has a request for a single tag
     */
    public TagSource cached(TagSource source, boolean findsSingly) {
        Account owner = new Account(account.label().tenant(), account.identity());
        TagListCache cache = shared.tagSources().caching(source, owner, findsSingly, account.feed());
        resources.add(cache::close);
        return cache;
    }

    /** The tokens of a client, requested within the account's limits. */
    public Credentials tokens(ClientCredentialsTokens.Client client) {
        UpstreamTransport http = transport(vendor.prefix() + "-token", URI.create(client.tokenUrl()));
        return new ClientCredentialsTokens(
                client,
                new ClientCredentialsTokens.Endpoint(
                        http, vendor, settings.limits().responseTimeout()),
                shared.accounts().tokens(),
                shared.clock());
    }

    /** The log of the account's webhook, which keeps each delivery for the given time. */
    public DeliveryLog deliveries(Duration retention) {
        return shared.accounts().deliveries().open(account.label().tenant(), vendor, retention);
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
    public void retire() {
        guard.close();
        metrics.close();
    }

    @Override
    public void close() {
        retire();
        closed = true;
        resources.forEach(Runnable::run);
    }

    private UpstreamTransport transport(String name, URI target) {
        UpstreamSettings.Limits limits = settings.limits();
        ConnectionProvider pool = ConnectionProvider.builder(name)
                .maxConnections(limits.maxConnections())
                // The bulkhead of the guard bounds how many wait
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(limits.responseTimeout())
                .maxIdleTime(IDLE)
                // So that connections move to the new address of a host, one after the other
                .maxLifeTime(maxLifetime)
                .maxLifeTimeVariance(LIFETIME_VARIANCE)
                .build();
        resources.add(pool::dispose);
        int maxSize = Math.toIntExact(limits.maxResponseSize().toBytes());
        return new UpstreamTransport(
                httpClient(target, pool),
                httpClient(target, ConnectionProvider.newConnection()),
                shared.meter(),
                name,
                maxSize,
                new TimeLimit(timer(), () -> new TimeoutException("No response within the time limit")),
                () -> closed);
    }

    private TimeLimit.Timer timer() {
        return TimeLimit.Timer.of(shared.resources().getLoopResources().onClient(LoopResources.DEFAULT_NATIVE));
    }

    private HttpClient httpClient(URI target, ConnectionProvider connections) {
        Duration connectTimeout = settings.limits().connectTimeout();
        HttpClient http = HttpClient.create(connections)
                .compress(true)
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(MAX_HEADER_SIZE))
                .doOnChannelInit((observer, channel, address) -> channel.pipeline()
                        .addAfter(NettyPipeline.HttpCodec, "interimResponses", new InterimResponseFilter()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()));
        http = "https".equalsIgnoreCase(target.getScheme())
                ? http.secure(spec -> spec.sslContext(sslContext()).handshakeTimeout(connectTimeout))
                : http;
        OutboundProxy proxy = OutboundProxy.of(target, System::getProperty, System::getenv);
        // A proxy is set first, as it resolves the host
        return (proxy == null ? http : proxy.apply(http))
                .runOn(shared.resources().getLoopResources());
    }

    /** With the keys and certificates of the bundle that is configured for HTTP clients, if there is one. */
    private GenericSslContextSpec<SslContextBuilder> sslContext() {
        SslBundle bundle = shared.settings().sslBundle();
        return bundle == null
                ? Http11SslContextSpec.forClient()
                : Http11SslContextSpec.forClient()
                        .configure(builder -> builder.keyManager(
                                        bundle.getManagers().getKeyManagerFactory())
                                .trustManager(bundle.getManagers().getTrustManagerFactory())
                                .protocols(bundle.getOptions().getEnabledProtocols())
                                .ciphers(SslOptions.asSet(bundle.getOptions().getCiphers())));
    }
}
