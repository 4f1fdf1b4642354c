package io.taggateway.upstream;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.upstream.cache.Freshness;
import io.taggateway.upstream.cache.TagSourceFactory;
import io.taggateway.upstream.http.PhoneNumbers;
import io.taggateway.upstream.http.UpstreamClients;
import io.taggateway.upstream.http.UpstreamHealth;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/** What the vendors' rooms build their adapters with. */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    UpstreamHealth upstreamHealth() {
        return new UpstreamHealth();
    }

    @Bean
    UpstreamClients upstreamClients(
            WebClient.Builder builder, UpstreamHealth health, MeterRegistry meters, Clock clock) {
        return new UpstreamClients(builder, health, meters, clock);
    }

    @Bean
    TagSourceFactory tagSourceFactory(Freshness freshness, MeterRegistry meters, ChangeFeed feed, Clock clock) {
        return new TagSourceFactory(freshness, meters, feed, clock);
    }

    @Bean
    PhoneNumbers phoneNumbers(@Value("${gateway.phone.default-region:}") String defaultRegion) {
        return new PhoneNumbers(defaultRegion.isBlank() ? null : defaultRegion);
    }
}
