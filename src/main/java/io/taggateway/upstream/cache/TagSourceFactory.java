package io.taggateway.upstream.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagSource;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Puts what every vendor's tags have in common around an account's own source. */
public final class TagSourceFactory {

    private final Freshness freshness;
    private final MeterRegistry meters;
    private final ChangeFeed feed;
    private final Clock clock;
    private final Map<Vendor, TagListStore> stores = new ConcurrentHashMap<>();

    public TagSourceFactory(Freshness freshness, MeterRegistry meters, ChangeFeed feed, Clock clock) {
        this.feed = feed;
        this.freshness = freshness;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * An account's tags, cached until they are closed; their changes are published.
     *
     * @param findsSingly whether the vendor can be asked for one tag
     */
    public TagListCache caching(TagSource vendorSource, boolean findsSingly) {
        TagListStore store = stores.computeIfAbsent(vendorSource.vendor(), this::store);
        return new TagListCache(vendorSource, findsSingly, store, new TagChangeDetector(feed, clock));
    }

    private TagListStore store(Vendor vendor) {
        TagListStore store = new TagListStore(freshness, TagListStore.MAX_TAGS, clock);
        store.bindTo(meters, vendor);
        return store;
    }
}
