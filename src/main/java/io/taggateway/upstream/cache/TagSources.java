package io.taggateway.upstream.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.source.TagSource;
import java.time.Clock;

/** Puts what every vendor's tags have in common around a vendor's own source. */
public final class TagSources {

    private final Freshness freshness;
    private final MeterRegistry meters;
    private final ChangeFeed feed;
    private final Clock clock;

    public TagSources(Freshness freshness, MeterRegistry meters, ChangeFeed feed, Clock clock) {
        this.feed = feed;
        this.freshness = freshness;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * A vendor's tags, cached; their changes are told.
     *
     * @param findsSingly whether the vendor can be asked for one tag
     */
    public TagSource caching(TagSource vendorSource, boolean findsSingly) {
        CachingTagSource source =
                new CachingTagSource(vendorSource, findsSingly, new KnownTags(feed, clock), freshness, clock);
        source.bindTo(meters);
        return source;
    }
}
