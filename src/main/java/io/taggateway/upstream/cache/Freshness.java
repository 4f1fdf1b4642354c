package io.taggateway.upstream.cache;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How old tag lists may be.
 *
 * @param freshFor younger ones are answered as they are, older ones too while they are loaded again behind
 * @param expireAfter older ones are answered only when the vendor cannot be asked
 * @param staleIfError older ones are never answered
 */
@ConfigurationProperties(prefix = "gateway.tags", ignoreUnknownFields = false)
public record Freshness(
        @DefaultValue("30s") Duration freshFor,
        @DefaultValue("5m") Duration expireAfter,
        @DefaultValue("1h") Duration staleIfError) {

    /** Checks that the durations grow. */
    public Freshness {
        if (freshFor.isNegative() || freshFor.compareTo(expireAfter) > 0 || expireAfter.compareTo(staleIfError) > 0) {
            throw new IllegalArgumentException("gateway.tags.fresh-for (" + freshFor + "), expire-after (" + expireAfter
                    + ") and stale-if-error (" + staleIfError + ") must not get shorter in this order");
        }
    }
}
