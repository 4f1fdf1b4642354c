package io.taggateway.access.quota;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.access.limits.LimitsProperties;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Creates quotas for tests without a gateway. */
public final class QuotaFixture {

    private QuotaFixture() {}

    /** A quota without limits. */
    public static AddressQuota unlimitedAddresses() {
        return new AddressQuota(
                properties(Map.of("address.requests-per-minute", 0)),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                SharedQuota.none());
    }

    /** Settings below {@code gateway.limits}. What is not set is unlimited. */
    static LimitsProperties properties(Map<String, Integer> settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        source.put("gateway.limits.caller.requests-per-minute", 0);
        source.put("gateway.limits.address.requests-per-minute", 0);
        settings.forEach((name, value) -> source.put("gateway.limits." + name, value));
        return new Binder(source).bind("gateway.limits", LimitsProperties.class).get();
    }
}
