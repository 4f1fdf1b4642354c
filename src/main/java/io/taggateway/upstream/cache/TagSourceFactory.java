package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.cache.TagListExchange.Account;
import io.taggateway.upstream.guard.KeyedLock;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wraps the tag sources of accounts in the cache of their vendor. */
public final class TagSourceFactory {

    /** About 120 MB of tags of usual lengths for each vendor. */
    static final long MAX_TAGS = 250_000;

    private final Freshness freshness;
    private final MeterRegistry meters;
    private final Clock clock;
    private final ReplicaCoordination replicas;
    private final Map<Vendor, Cache<TagListEntry, TagListState>> caches = new ConcurrentHashMap<>();

    public TagSourceFactory(Freshness freshness, MeterRegistry meters, Clock clock, ReplicaCoordination replicas) {
        this.replicas = replicas;
        this.freshness = freshness;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * An account's tags, cached until this is closed; their changes are published to a feed.
     *
     * @param account whose tags they are
     * @param findsSingly whether the vendor has a request for a single tag
     */
    public TagListCache caching(TagSource vendorSource, Account account, boolean findsSingly, ChangeFeed feed) {
        Cache<TagListEntry, TagListState> states = caches.computeIfAbsent(vendorSource.vendor(), this::cache);
        TagListEntry entry = new TagListEntry(
                vendorSource.vendor(),
                states,
                list -> list.fetchedAt().plus(freshness.freshFor()).isAfter(clock.instant()),
                (before, after) -> feed.publish(
                        after.changesSince(before, MonotonicClock.wall(clock).instant())),
                () -> feed.listeners() > 0);
        TagListExchange.Member member = replicas.tagLists()
                .join(account, vendorSource.vendor(), change -> entry.take(state -> state.changedElsewhere(change)));
        KeyedLock lock = replicas.locks().lock(vendorSource.vendor(), "tag");
        return new TagListCache(new CachedSource(vendorSource, findsSingly, lock, member), entry, freshness, clock);
    }

    private Cache<TagListEntry, TagListState> cache(Vendor vendor) {
        Cache<TagListEntry, TagListState> states = cache(MAX_TAGS, freshness, clock);
        CaffeineCacheMetrics.monitor(meters, states, "tags." + vendor.prefix());
        TimeGauge.builder("taggateway.source.staleness", states, TimeUnit.SECONDS, this::oldest)
                .description("Age of the oldest tag list that is cached")
                .tag("vendor", vendor.prefix())
                .register(meters);
        return states;
    }

    /** A vendor's cache, which stores states that have a list. */
    static Cache<TagListEntry, TagListState> cache(long maxTags, Freshness freshness, Clock clock) {
        return Caffeine.newBuilder()
                .maximumWeight(maxTags)
                .weigher((TagListEntry entry, TagListState state) ->
                        list(state).tags().size())
                .expireAfter(Expiry.<TagListEntry, TagListState>writing(
                        (entry, state) -> freshness.staleIfError().minus(age(state, clock))))
                .evictionListener((@Nullable TagListEntry entry, @Nullable TagListState state, RemovalCause cause) -> {
                    if (entry != null && state != null) {
                        entry.removed(state, cause == RemovalCause.EXPIRED);
                    }
                })
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .recordStats()
                .build();
    }

    private double oldest(Cache<TagListEntry, TagListState> states) {
        return states.asMap().values().stream()
                .mapToDouble(state -> age(state, clock).toSeconds())
                .max()
                .orElse(0);
    }

    private static Duration age(TagListState state, Clock clock) {
        return Duration.between(list(state).fetchedAt(), clock.instant());
    }

    private static TagList list(TagListState state) {
        return Objects.requireNonNull(state.current()).list();
    }
}
