package io.taggateway.bench;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Service;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * What Spring for GraphQL on WebFlux makes of the same queries without this gateway, with {@code @Cacheable} or
 * without.
 */
@SpringBootApplication(proxyBeanMethods = false)
class SpringPeer {

    public static void main(String[] arguments) {
        SpringApplication.run(SpringPeer.class, arguments);
    }

    record Tag(String id, String name, String color) {}

    record Call(String id, int durationSec, List<Tag> tags) {}

    record SipsimTag(long id, String name, String color) {
        Tag tag() {
            return new Tag(Long.toString(id), name, color);
        }
    }

    record SipsimTags(List<SipsimTag> data) {
        List<Tag> tags() {
            return data.stream().map(SipsimTag::tag).toList();
        }
    }

    record SipsimCall(long id, int duration_sec, List<SipsimTag> tags) {
        Call call() {
            return new Call(Long.toString(id), duration_sec, new SipsimTags(tags).tags());
        }
    }

    record SipsimCalls(List<SipsimCall> data) {}

    record SwipeOneTag(String _id, String label, String color) {
        Tag tag() {
            return new Tag(_id, label, color);
        }
    }

    record SwipeOneTags(SwipeOneData data) {}

    record SwipeOneData(
            @Nullable List<SwipeOneTag> tags, @Nullable SwipeOneTag tag) {}

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    @ConditionalOnBooleanProperty("peer.cache")
    static class CacheConfiguration {

        @Bean
        CaffeineCacheManager cacheManager() {
            CaffeineCacheManager manager = new CaffeineCacheManager();
            manager.setAsyncCacheMode(true);
            manager.setCaffeine(Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(60)));
            return manager;
        }
    }

    @Service
    static class VendorService {

        private final WebClient client = WebClient.builder()
                .baseUrl("http://127.0.0.1:" + VendorData.PORT)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(1 << 20))
                .build();

        @Cacheable("sipsimTags")
        public Mono<List<Tag>> sipsimTags() {
            return get("/api/v2/tags", SipsimTags.class).map(SipsimTags::tags);
        }

        @Cacheable("swipeoneTags")
        public Mono<List<Tag>> swipeoneTags() {
            return get("/api/workspaces/" + VendorData.WORKSPACE + "/tags", SwipeOneTags.class)
                    .map(answer ->
                            answer.data().tags().stream().map(SwipeOneTag::tag).toList());
        }

        @Cacheable("calls")
        public Mono<List<Call>> calls(int limit) {
            return get("/api/v2/calls?limit=" + limit, SipsimCalls.class)
                    .map(answer -> answer.data().stream().map(SipsimCall::call).toList());
        }

        @Cacheable("callTags")
        public Mono<List<Tag>> callTags(String id) {
            return get("/api/v2/calls/" + id + "/tags", SipsimTags.class).map(SipsimTags::tags);
        }

        @Cacheable("tag")
        public Mono<Tag> tag(String id) {
            return get("/api/tags/" + id, SwipeOneTags.class)
                    .map(answer -> answer.data().tag().tag());
        }

        private <T> Mono<T> get(String uri, Class<T> type) {
            return client.get().uri(uri).retrieve().bodyToMono(type);
        }
    }

    @Controller
    static class TagController {

        private final VendorService vendors;

        TagController(VendorService vendors) {
            this.vendors = vendors;
        }

        @QueryMapping
        Mono<List<Tag>> tags() {
            return Mono.zip(
                    vendors.sipsimTags(),
                    vendors.swipeoneTags(),
                    (calls, contacts) ->
                            Stream.concat(calls.stream(), contacts.stream()).toList());
        }

        @QueryMapping
        Mono<List<Call>> calls(@Argument int limit) {
            return vendors.calls(limit);
        }

        @QueryMapping
        Mono<Tag> tag(@Argument String id) {
            return vendors.tag(id);
        }

        @SchemaMapping(typeName = "Call")
        Mono<List<Tag>> liveTags(Call call) {
            return vendors.callTags(call.id());
        }
    }
}
