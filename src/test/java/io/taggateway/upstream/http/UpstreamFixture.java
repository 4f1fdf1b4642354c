package io.taggateway.upstream.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.taggateway.tagging.directory.TenantLabel;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorAccountFactory.AccountSettings;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.WriteVerification;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.tagging.source.VendorProfile.Origin;
import io.taggateway.upstream.PhoneNumberNormalizer;
import io.taggateway.upstream.cache.Freshness;
import io.taggateway.upstream.cache.ReplicaCoordination;
import io.taggateway.upstream.cache.TagListExchange.Account;
import io.taggateway.upstream.cache.TagSourceFactory;
import io.taggateway.upstream.guard.FailureLog;
import io.taggateway.upstream.guard.LockProvider;
import io.taggateway.upstream.guard.UpstreamSettings;
import io.taggateway.upstream.http.UpstreamClient.Target;
import io.taggateway.upstream.telemetry.UpstreamMeter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** Builds the clients of adapters like the gateway, for tests of adapters. */
public final class UpstreamFixture implements AutoCloseable {

    /** Longer than any response takes on a busy machine. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A short time limit for responses that never arrive. */
    public static final Duration IMPATIENCE = Duration.ofMillis(150);

    private static final BeanFactory NO_BEANS = new StaticListableBeanFactory();

    private static final Freshness FRESHNESS =
            new Freshness(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1));

    private final Clock clock;
    private final UpstreamConnectionFactory upstream;
    private final List<UpstreamConnection> connections = new ArrayList<>();
    private final ChangeFeed feed = new ChangeFeed(256);
    private final FailureLog failures = new FailureLog();

    /** The tags of calls, which are read after a write like the gateway reads them, but with short waits. */
    public static SingleTagAssignments assignments(Vendor vendor, SingleTagAssignments.TagRequestSender requests) {
        return new SingleTagAssignments(vendor, requests, new WriteVerification(Duration.ofMillis(2)));
    }

    public UpstreamFixture(Clock clock) {
        this(clock, HttpClientSettings.defaults());
    }

    UpstreamFixture(Clock clock, HttpClientSettings http) {
        this.clock = clock;
        MeterRegistry meters = new SimpleMeterRegistry();
        this.upstream = new UpstreamConnectionFactory(
                new UpstreamMeter(
                        meters,
                        ObservationRegistry.NOOP,
                        NO_BEANS.getBeanProvider(Propagator.class),
                        NO_BEANS.getBeanProvider(SpanExporter.class)),
                new TagSourceFactory(FRESHNESS, meters, clock, ReplicaCoordination.NONE),
                LockProvider.LOCAL,
                meters,
                clock,
                http,
                failures,
                UpstreamConnectionFactory.SharedAccountState.inProcess(clock),
                new ReactorResourceFactory());
    }

    public UpstreamClient client(Target target) {
        UpstreamConnection connection = upstream.connect(target.vendor(), target.settings(), settings(target));
        connections.add(connection);
        return connection.client(target.baseUrl(), target.credentials());
    }

    /** A client with a long time limit and the secret {@code top-secret}. */
    public UpstreamClient client(Vendor vendor, String baseUrl) {
        return client(new Target(vendor, baseUrl, Credentials.fixed("x-api-key", "top-secret"), settings(PATIENCE)));
    }

    /** The factory of connections for accounts. */
    public UpstreamConnectionFactory upstream() {
        return upstream;
    }

    /** The settings of an account, as a binder would give them. */
    public AccountSettings settings(Object properties) {
        return settings(properties, Origin.LIVE);
    }

    /** The settings of an account of some origin. */
    public AccountSettings settings(Object properties, Origin origin) {
        return new AccountSettings() {
            @Override
            public <T> T bind(Class<T> type) {
                return type.cast(properties);
            }

            @Override
            public Origin origin() {
                return origin;
            }

            @Override
            public TenantLabel label() {
                return new TenantLabel(Tenant.DEFAULT, true);
            }

            @Override
            public String identity() {
                return "test";
            }

            @Override
            public ChangeFeed feed() {
                return feed;
            }
        };
    }

    public Clock clock() {
        return clock;
    }

    /** The feed to which changes of tags are published. */
    public ChangeFeed feed() {
        return feed;
    }

    /** The state of the last client's vendor. */
    public Condition condition() {
        return connections.getLast().condition();
    }

    /** Settings without retries and circuits, so that tests see each response. */
    public static UpstreamSettings settings(Duration responseTimeout) {
        return new UpstreamSettings(
                new UpstreamSettings.Limits(
                        Duration.ofSeconds(5), responseTimeout, DataSize.ofKilobytes(256), 8, 64, 0),
                new UpstreamSettings.Retry(false, 0, Duration.ZERO),
                new UpstreamSettings.Circuit(false, 20, 5, 50, 80, Duration.ofSeconds(2), Duration.ofSeconds(5)));
    }

    public static PhoneNumberNormalizer phoneNumbers(@Nullable String defaultRegion) {
        return new PhoneNumberNormalizer(defaultRegion);
    }

    public static VendorJson fields(String json) {
        VendorJson fields = VendorJson.parse(json.getBytes(StandardCharsets.UTF_8));
        if (fields == null) {
            throw new IllegalArgumentException(json);
        }
        return fields;
    }

    public TagSource caching(TagSource source) {
        return upstream.tagSources().caching(source, new Account(Tenant.DEFAULT, "test"), true, feed);
    }

    @Override
    public void close() {
        connections.forEach(UpstreamConnection::close);
        failures.close();
    }

    /** Sends a read or a write request. */
    static Mono<Object> send(UpstreamClient client, UpstreamRequest request) {
        return request.purpose() == UpstreamRequest.Purpose.WRITE
                ? client.send(request, response -> false).cast(Object.class)
                : client.fetch(request, (response, at) -> response).cast(Object.class);
    }
}
