package io.taggateway.architecture.wellbuilt.vendor.swipeone;

import io.taggateway.architecture.wellbuilt.tagging.TagSource;
import io.taggateway.architecture.wellbuilt.upstream.CachingTagSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

@Configuration(proxyBeanMethods = false)
class SwipeOneConfiguration {
    @Bean
    TagSource swipeoneTags(WebClient client) {
        return new CachingTagSource(new SwipeOneTagSource(client));
    }
}
