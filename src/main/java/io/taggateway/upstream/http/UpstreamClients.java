package io.taggateway.upstream.http;

import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.guard.UpstreamGuard;
import io.taggateway.upstream.guard.UpstreamLimits;
import io.taggateway.upstream.http.UpstreamClient.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Makes the clients of vendors, each with connections of its own so that one that hangs leaves the others alone. */
public final class UpstreamClients implements DisposableBean {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final WebClient.Builder builder;
    private final UpstreamHealth health;
    private final MeterRegistry meters;
    private final Clock clock;
    private final List<ConnectionProvider> pools = new ArrayList<>();

    public UpstreamClients(WebClient.Builder builder, UpstreamHealth health, MeterRegistry meters, Clock clock) {
        this.builder = builder;
        this.health = health;
        this.meters = meters;
        this.clock = clock;
    }

    /** A client of a vendor. */
    public UpstreamClient client(Target target) {
        String name = target.vendor().prefix();
        UpstreamGuard guard = new UpstreamGuard(name, target.vendor(), target.settings(), clock);
        health.watch(target.vendor(), guard);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(guard.circuits()).bindTo(meters);
        TaggedBulkheadMetrics.ofBulkheadRegistry(guard.bulkheads()).bindTo(meters);
        return new UpstreamClient(
                target,
                webClient(name, target.settings().limits()),
                guard,
                new UpstreamRecord(target.vendor(), meters),
                clock);
    }

    /** What sends requests for tokens to a vendor within limits; a failure is a {@code SourceException} here too. */
    public WebClient tokenClient(Vendor vendor, UpstreamLimits limits) {
        ErrorDecoder errors = new ErrorDecoder(vendor, clock);
        return webClient(vendor.prefix() + "-token", limits)
                .mutate()
                .filter((request, next) -> next.exchange(request)
                        .timeout(limits.responseTimeout())
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

    private WebClient webClient(String name, UpstreamLimits limits) {
        ConnectionProvider pool = ConnectionProvider.builder(name)
                .maxConnections(limits.maxConnections())
                .pendingAcquireMaxCount(limits.maxWaiting())
                .pendingAcquireTimeout(limits.responseTimeout())
                .maxIdleTime(IDLE)
                .build();
        pools.add(pool);
        HttpClient http = HttpClient.create(pool)
                .compress(true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(limits.connectTimeout().toMillis()));
        int maxSize = Math.toIntExact(limits.maxResponseSize().toBytes());
        return builder.clone()
                .observationConvention(new VendorObservation(name))
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(maxSize))
                .build();
    }

    @Override
    public void destroy() {
        pools.forEach(ConnectionProvider::dispose);
    }
}
