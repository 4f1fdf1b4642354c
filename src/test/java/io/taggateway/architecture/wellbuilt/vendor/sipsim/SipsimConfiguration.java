package io.taggateway.architecture.wellbuilt.vendor.sipsim;

import io.taggateway.architecture.wellbuilt.tagging.TagSource;
import io.taggateway.architecture.wellbuilt.upstream.CachingTagSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

@Configuration(proxyBeanMethods = false)
class SipsimConfiguration {
    @Bean
    TagSource sipsimTags(WebClient client) {
        return new CachingTagSource(new SipsimTagSource(client));
    }
}
