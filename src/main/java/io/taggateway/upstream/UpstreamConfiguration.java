package io.taggateway.upstream;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.directory.VendorAccountFactory;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.upstream.cache.DeliveryLog;
import io.taggateway.upstream.cache.Freshness;
import io.taggateway.upstream.cache.ReplicaCoordination;
import io.taggateway.upstream.cache.TagListExchange;
import io.taggateway.upstream.cache.TagSourceFactory;
import io.taggateway.upstream.guard.CoolDownChannel;
import io.taggateway.upstream.guard.LockProvider;
import io.taggateway.upstream.guard.Pace;
import io.taggateway.upstream.guard.RateCoordination;
import io.taggateway.upstream.http.Credentials.TokenStore;
import io.taggateway.upstream.http.UpstreamConnectionFactory.SharedAccountState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Configures the components that accounts of all vendors share. */
@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return new MonotonicClock(Clock.systemUTC(), System::nanoTime);
    }

    /** Checks the values of all settings that are bound to a type. */
    @Bean
    static ConfigurationPropertiesBindHandlerAdvisor settingCheck(Environment environment) {
        return handler -> new SettingCheckHandler(handler, environment);
    }

    /** The locks of a gateway that shares none with other replicas. */
    @Bean
    LockProvider localLocks() {
        return LockProvider.LOCAL;
    }

    @Bean
    ReplicaCoordination replicaCoordination(LockProvider locks, ObjectProvider<TagListExchange> tagLists) {
        return new ReplicaCoordination(locks, tagLists.getIfAvailable(() -> TagListExchange.NONE));
    }

    @Bean
    TagSourceFactory tagSourceFactory(
            Freshness freshness, MeterRegistry meters, Clock clock, ReplicaCoordination replicas) {
        return new TagSourceFactory(freshness, meters, clock, replicas);
    }

    /** The parameters are available if there are other replicas. */
    @Bean
    RateCoordination rateCoordination(ObjectProvider<CoolDownChannel> coolDowns, ObjectProvider<Pace.Factory> paces) {
        return new RateCoordination(
                coolDowns.getIfAvailable(RateCoordination.NONE::coolDowns),
                paces.getIfAvailable(RateCoordination.NONE::paces));
    }

    /** The state of accounts, shared if there are other replicas. */
    @Bean
    SharedAccountState sharedAccountState(
            RateCoordination rate,
            ObjectProvider<TokenStore> tokens,
            ObjectProvider<DeliveryLog.Factory> deliveries,
            Clock clock) {
        SharedAccountState own = SharedAccountState.inProcess(clock);
        return new SharedAccountState(
                rate, tokens.getIfAvailable(own::tokens), deliveries.getIfAvailable(own::deliveries));
    }

    @Bean
    ConfiguredTenantCatalog tenantCatalog(
            Environment environment,
            List<VendorAccountFactory> factories,
            @Value("${gateway.tenants-file:}") String file) {
        return new ConfiguredTenantCatalog(
                environment, factories, file.isBlank() ? null : new TenantsFile(Path.of(file.strip())));
    }

    @Bean
    TenantLabelAllocator tenantLabels(TenantCatalog catalog, @Value("${gateway.metrics.max-tenants:100}") int max) {
        return new TenantLabelAllocator(catalog, max);
    }

    @Bean
    TenantsFileWatch tenantsFileWatch(ConfiguredTenantCatalog catalog, Environment environment) {
        Duration interval = Binder.get(environment, new SettingCheckHandler(BindHandler.DEFAULT, environment))
                .bind("gateway.reload-interval", Duration.class)
                .get();
        return new TenantsFileWatch(catalog, interval);
    }

    @Bean
    PhoneNumberNormalizer phoneNumbers(@Value("${gateway.phone.default-region:}") String defaultRegion) {
        return new PhoneNumberNormalizer(defaultRegion.isBlank() ? null : defaultRegion);
    }
}
