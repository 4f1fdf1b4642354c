package io.taggateway.upstream;

import io.taggateway.tagging.source.TagSource;
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

    public UpstreamKit(Clock clock) {
        this.clock = clock;
        this.clients = new UpstreamClients(WebClient.builder(), health, clock);
    }

    public UpstreamClients clients() {
        return clients;
    }

    public Clock clock() {
        return clock;
    }

    public UpstreamHealth health() {
        return health;
    }

    public static UpstreamLimits limits(Duration responseTimeout) {
        return new UpstreamLimits(Duration.ofSeconds(5), responseTimeout, DataSize.ofKilobytes(256), 8);
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

    public TagSource caching(TagSource source) {
        Freshness freshness = new Freshness(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1));
        return new CachingTagSource(source, true, freshness, clock);
    }

    @Override
    public void close() {
        clients.destroy();
    }
}
