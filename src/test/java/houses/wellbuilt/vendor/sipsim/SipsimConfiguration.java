package houses.wellbuilt.vendor.sipsim;

import houses.wellbuilt.tagging.TagSource;
import houses.wellbuilt.upstream.CachingTagSource;
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
