package io.taggateway.upstream;

import io.taggateway.tagging.source.TagSource;
import java.time.Clock;

/** Puts what every vendor's tags have in common around a vendor's own source. */
public final class TagSources {

    private final Freshness freshness;
    private final Clock clock;

    TagSources(Freshness freshness, Clock clock) {
        this.freshness = freshness;
        this.clock = clock;
    }

    /**
     * A vendor's tags, cached.
     *
     * @param findsSingly whether the vendor can be asked for one tag
     */
    public TagSource caching(TagSource vendorSource, boolean findsSingly) {
        return new CachingTagSource(vendorSource, findsSingly, freshness, clock);
    }
}
