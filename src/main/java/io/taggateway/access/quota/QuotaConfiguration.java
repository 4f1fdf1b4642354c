package io.taggateway.access.quota;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the quotas of a single gateway. */
@Configuration(proxyBeanMethods = false)
class QuotaConfiguration {

    @Bean
    SharedQuota sharedQuota() {
        return SharedQuota.none();
    }

    @Bean
    ConnectionQuota connectionQuota() {
        return new LocalConnectionQuota();
    }
}
