package io.taggateway.upstream.http;

import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.netty.channel.ChannelOption;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.cache.TagListCache;
import io.taggateway.upstream.guard.UpstreamGuard;
import io.taggateway.upstream.guard.UpstreamLimits;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.UpstreamClient.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** One account's way to its vendor, with connections of its own so that one that hangs leaves the others alone. */
public final class UpstreamConnection implements VendorAccount.Connection {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Vendor vendor;
    private final UpstreamSettings settings;
    private final ChangeFeed feed;
    private final UpstreamConnectionFactory shared;
    private final UpstreamGuard guard;
    private final List<Runnable> resources = new ArrayList<>();

    UpstreamConnection(Vendor vendor, UpstreamSettings settings, ChangeFeed feed, UpstreamConnectionFactory shared) {
        this.vendor = vendor;
        this.settings = settings;
        this.feed = feed;
        this.shared = shared;
        this.guard = new UpstreamGuard(vendor.prefix(), vendor, settings, shared.clock());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(guard.circuits()).bindTo(shared.meters());
        TaggedBulkheadMetrics.ofBulkheadRegistry(guard.bulkheads()).bindTo(shared.meters());
    }

    /** The client of the account. */
    public UpstreamClient client(String baseUrl, Credentials credentials) {
        return new UpstreamClient(
                new Target(vendor, baseUrl, credentials, settings),
                webClient(vendor.prefix(), settings.limits()),
                guard,
                new UpstreamRecord(vendor, shared.meters()),
                shared.clock());
    }

    /**
     * The account's tags, cached; their changes are published.
     *
     * @param findsSingly whether the vendor can be asked for one tag
     */
    public TagSource cached(TagSource source, boolean findsSingly) {
        TagListCache cache = shared.tagSources().caching(source, findsSingly, feed);
        resources.add(cache::close);
        return cache;
    }

    /** What sends requests for tokens within the account's limits; a failure is a {@code SourceException} here too. */
    public WebClient tokenClient() {
        ErrorDecoder errors = new ErrorDecoder(vendor, shared.clock());
        return webClient(vendor.prefix() + "-token", settings.limits())
                .mutate()
                .filter((request, next) -> next.exchange(request)
                        .timeout(settings.limits().responseTimeout())
                        .onErrorMap(errors::decode)
                        .flatMap(response -> response.statusCode().is2xxSuccessful()
                                ? Mono.just(response)
                                : response.releaseBody()
                                        .onErrorComplete()
                                        .then(Mono.error(() -> errors.decode(
                                                response.statusCode(),
                                                response.headers().asHttpHeaders())))))
                .build();
    }

    @Override
    public Condition condition() {
        return guard.condition();
    }

    @Override
    public long writeVersion() {
        return 0;
    }

    @Override
    public void close() {
        resources.forEach(Runnable::run);
    }

    private WebClient webClient(String name, UpstreamLimits limits) {
        ConnectionProvider pool = ConnectionProvider.builder(name)
                .maxConnections(limits.maxConnections())
                .pendingAcquireMaxCount(limits.maxWaiting())
                .pendingAcquireTimeout(limits.responseTimeout())
                .maxIdleTime(IDLE)
                .build();
        resources.add(pool::dispose);
        HttpClient http = HttpClient.create(pool)
                .compress(true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(limits.connectTimeout().toMillis()));
        int maxSize = Math.toIntExact(limits.maxResponseSize().toBytes());
        return shared.http()
                .clone()
                .observationConvention(new VendorObservation(name))
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(maxSize))
                .build();
    }
}
