package io.taggateway.access.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.access.cache.CachedResponse.Content;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.TenantRegistry.Lease;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.CacheHint;
import io.taggateway.tagging.operation.Caller;
import io.taggateway.tagging.paging.CursorCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** Tests of lookups and of the size of the response cache. */
class ResponseCacheTests {

    private static final int MAX_BYTES = 100_000;

    private final SettableClock clock = SettableClock.running();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TenantRegistry tenants = new TenantRegistry(
            tenant -> new VendorDirectory(
                    new AccountSet(List.of(), new CursorCodec(new byte[] {1})),
                    new ChangeFeed(1),
                    Duration.ofMinutes(1)),
            10);
    private final ResponseCache cache =
            new ResponseCache(new ResponseCacheProperties(true, DataSize.ofBytes(MAX_BYTES)), clock, meters);
    private final AtomicBoolean current = new AtomicBoolean(true);

    @Test
    void findsResponseOnlyForTheSameKey() {
        List<RequestKey> keys = new ArrayList<>();
        for (String tenant : List.of("default", "acme", "other")) {
            for (Set<String> scopes : List.of(Set.of("tags.read"), Set.of("tags.read", "raw.read"), Set.<String>of())) {
                for (String form : List.of("POST json", "GET json", "POST graphql")) {
                    for (String bytes : List.of("{a}", "{b}", "")) {
                        keys.add(key(tenant, scopes, form, bytes));
                    }
                }
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            cache.keep(keys.get(i), response(String.valueOf(i)));
        }
        for (int i = 0; i < keys.size(); i++) {
            assertThat(text(cache.find(keys.get(i)))).isEqualTo(String.valueOf(i));
        }
        assertThat(text(cache.find(key("acme", Set.of("raw.read", "tags.read"), "POST json", "{a}"))))
                .isNotNull();
        assertThat(cache.find(key("third", Set.of("tags.read"), "POST json", "{a}")))
                .isNull();
    }

    @Test
    void findsNothingIfListIsNoLongerCached() {
        RequestKey key = key(null, Set.of(), "POST", "{a}");
        cache.keep(key, response("old"));
        current.set(false);
        assertThat(cache.find(key)).isNull();
        cache.keep(key, response("old"));
        current.set(true);
        assertThat(cache.find(key)).isNull();
    }

    @Test
    void findsNothingIfListIsNotFresh() {
        RequestKey key = key(null, Set.of(), "POST", "{a}");
        cache.keep(key, response("fresh"));
        clock.advance(Duration.ofSeconds(29));
        assertThat(text(cache.find(key))).isEqualTo("fresh");
        clock.advance(Duration.ofSeconds(2));
        assertThat(cache.find(key)).isNull();
    }

    @Test
    void findsNothingIfTenantIsWithdrawn() {
        RequestKey key = key("acme", Set.of(), "POST", "{a}");
        Tenant acme = Tenant.of("acme");
        Lease running = tenants.lease(acme);
        cache.keep(key, response(acme, "of the account before"));
        assertThat(text(cache.find(key))).isEqualTo("of the account before");
        tenants.withdraw(acme);
        assertThat(cache.find(key)).isNull();
        cache.keep(key, new CachedResponse(content("1"), running.directory(), hint(), 1));
        tenants.lease(acme).close();
        assertThat(cache.find(key)).isNull();
        running.close();
    }

    @Test
    void doesNotCacheResponsesThatContainOtherDataThanTagLists() {
        RequestKey key = key(null, Set.of(), "POST", "{a}");
        CacheHint nothing = new CacheHint();
        CacheHint calls = hint();
        calls.useUncached(clock.instant());
        CacheHint vendors = hint();
        vendors.useUncached();
        for (CacheHint hint : List.of(nothing, calls, vendors)) {
            cache.keep(key, new CachedResponse(content("1"), directory(Tenant.DEFAULT), hint, 1));
            assertThat(cache.find(key)).isNull();
        }
    }

    @Test
    void cachesNoMoreBytesThanTheMaximumSize() {
        for (int i = 0; i < 1_000; i++) {
            cache.keep(key(null, Set.of(), "POST", "{a" + i + "}"), response("x".repeat(2_000)));
        }
        assertThat(meters.get("taggateway.response.cache").gauge().value())
                .isBetween(MAX_BYTES / 2.0, (double) MAX_BYTES);
        assertThat(meters.get("taggateway.response.cache.evictions").counter().count())
                .isGreaterThan(900);
        cache.keep(key(null, Set.of(), "POST", "{large}"), response("x".repeat(MAX_BYTES)));
        assertThat(cache.find(key(null, Set.of(), "POST", "{large}"))).isNull();
    }

    private static RequestKey key(@Nullable String tenant, Set<String> scopes, String form, String bytes) {
        Caller caller = new Caller("caller", tenant, scopes, null);
        return new RequestKey(caller, form, bytes.getBytes(StandardCharsets.UTF_8));
    }

    private CachedResponse response(String text) {
        return response(Tenant.DEFAULT, text);
    }

    private CachedResponse response(Tenant tenant, String text) {
        return new CachedResponse(content(text), directory(tenant), hint(), 1);
    }

    private static Content content(String text) {
        return new Content(HttpStatus.OK, List.of(text.getBytes(StandardCharsets.UTF_8)), null, List.of());
    }

    private VendorDirectory directory(Tenant tenant) {
        try (Lease lease = tenants.lease(tenant)) {
            return lease.directory();
        }
    }

    private CacheHint hint() {
        CacheHint hint = new CacheHint();
        hint.use(new HeldList(current, clock.instant()));
        return hint;
    }

    private static @Nullable String text(@Nullable CachedResponse response) {
        return response == null ? null : new String(response.content().body().getFirst(), StandardCharsets.UTF_8);
    }

    private record HeldList(AtomicBoolean current, Instant fetchedAt) implements CacheHint.Source {

        @Override
        public boolean isCurrent() {
            return current.get();
        }

        @Override
        public Instant freshUntil() {
            return fetchedAt.plusSeconds(30);
        }
    }
}
