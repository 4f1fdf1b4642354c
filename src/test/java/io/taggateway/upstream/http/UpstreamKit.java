package io.taggateway.upstream.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.cache.Freshness;
import io.taggateway.upstream.cache.TagSourceFactory;
import io.taggateway.upstream.guard.UpstreamCircuit;
import io.taggateway.upstream.guard.UpstreamLimits;
import io.taggateway.upstream.guard.UpstreamRetry;
import io.taggateway.upstream.guard.UpstreamSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/** What the gateway itself builds adapters with, for tests of adapters. */
public final class UpstreamKit implements AutoCloseable {

    /** Longer than any answer takes on a busy machine. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Enough where the answer never comes. */
    public static final Duration IMPATIENCE = Duration.ofMillis(150);

    private final Clock clock;
    private final UpstreamHealth health = new UpstreamHealth();
    private final UpstreamClients clients;

    private final ChangeFeed feed = new ChangeFeed(256);

    public UpstreamKit(Clock clock) {
        this.clock = clock;
        this.clients = new UpstreamClients(WebClient.builder(), health, new SimpleMeterRegistry(), clock);
    }

    public UpstreamClients clients() {
        return clients;
    }

    public Clock clock() {
        return clock;
    }

    /** What changes of tags are told to. */
    public ChangeFeed feed() {
        return feed;
    }

    public UpstreamHealth health() {
        return health;
    }

    /** Nothing is sent twice and nothing is held back, so that each answer shows as it is. */
    public static UpstreamSettings settings(Duration responseTimeout) {
        return new UpstreamSettings(
                new UpstreamLimits(Duration.ofSeconds(5), responseTimeout, DataSize.ofKilobytes(256), 8, 64, 0),
                new UpstreamRetry(false, 0, Duration.ZERO),
                new UpstreamCircuit(false, 20, 5, 50, 80, Duration.ofSeconds(2), Duration.ofSeconds(5)));
    }

    public static PhoneNumbers phoneNumbers(@Nullable String defaultRegion) {
        return new PhoneNumbers(defaultRegion);
    }

    public static Fields fields(String json) {
        Fields fields = Fields.parse(json.getBytes(StandardCharsets.UTF_8));
        if (fields == null) {
            throw new IllegalArgumentException(json);
        }
        return fields;
    }

    public TagSourceFactory tagSourceFactory() {
        Freshness freshness = new Freshness(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1));
        return new TagSourceFactory(freshness, new SimpleMeterRegistry(), feed, clock);
    }

    public TagSource caching(TagSource source) {
        return tagSourceFactory().caching(source, true);
    }

    @Override
    public void close() {
        clients.destroy();
    }
}
