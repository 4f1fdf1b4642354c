package io.taggateway.upstream;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.upstream.cache.Freshness;
import io.taggateway.upstream.cache.TagSourceFactory;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What accounts of all vendors are built with. */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return new MonotonicClock(Clock.systemUTC(), System::nanoTime);
    }

    @Bean
    TagSourceFactory tagSourceFactory(Freshness freshness, MeterRegistry meters, Clock clock) {
        return new TagSourceFactory(freshness, meters, clock);
    }

    @Bean
    PhoneNumberNormalizer phoneNumbers(@Value("${gateway.phone.default-region:}") String defaultRegion) {
        return new PhoneNumberNormalizer(defaultRegion.isBlank() ? null : defaultRegion);
    }
}
