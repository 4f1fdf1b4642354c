package io.taggateway.upstream.cache;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How old tag lists may be.
 *
 * @param freshFor age up to which a list is fresh; an older one is returned while it is reloaded in the background
 * @param expireAfter age up to which a list is returned while it is reloaded; an older one is returned only if the
 *     request to the vendor fails
 * @param staleIfError age up to which a list is returned if the request to the vendor fails
 */
@ConfigurationProperties(prefix = "gateway.tags", ignoreUnknownFields = false)
public record Freshness(
        @DefaultValue("30s") Duration freshFor,
        @DefaultValue("5m") Duration expireAfter,
        @DefaultValue("1h") Duration staleIfError) {

    /** Checks that the durations increase. */
    public Freshness {
        if (freshFor.isNegative() || freshFor.compareTo(expireAfter) > 0 || expireAfter.compareTo(staleIfError) > 0) {
            throw new IllegalArgumentException("gateway.tags.fresh-for (" + freshFor + "), expire-after (" + expireAfter
                    + ") and stale-if-error (" + staleIfError + ") must not decrease in this order");
        }
    }
}
