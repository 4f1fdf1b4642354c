package io.taggateway.access.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import java.net.URL;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an issuer. They are retrieved when the first token is verified, so that the gateway can start before the
 * issuer, and are used while the issuer cannot be reached. All methods block while keys are retrieved.
 */
final class IssuerKeySource {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeySource.class);

    /** How long keys are used before they are retrieved again, as the issuer may have withdrawn some. */
    private static final Duration FRESH_FOR = Duration.ofMinutes(5);

    /** How long a request waits for another that retrieves the keys. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final JWKSetBasedJWKSource<SecurityContext> keys;
    private final Duration interval;
    private volatile boolean failing;

    /**
     * Creates a source of the keys at an address, or at the address in the metadata there.
     *
     * @param interval at which keys are retrieved again for tokens that none of the known keys has signed
     */
    IssuerKeySource(URL url, ResourceRetriever retriever, Duration interval) {
        this.interval = interval;
        keys = (JWKSetBasedJWKSource<SecurityContext>)
                JWKSourceBuilder.create(new Retrieval(new URLBasedJWKSetSource<>(url, retriever)))
                        .cache(FRESH_FOR.toMillis(), WAIT.toMillis())
                        .refreshAheadCache(false)
                        .rateLimited(interval.toMillis())
                        .retrying(true)
                        .outageTolerantForever()
                        .build();
    }

    JWKSource<SecurityContext> keys() {
        return keys;
    }

    /** The time after which keys can be retrieved again. */
    Duration interval() {
        return interval;
    }

    /** The known keys. If there are none, they are retrieved. */
    JWKSet known() throws KeySourceException {
        return keys.getJWKSetSource()
                .getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), System.currentTimeMillis(), null);
    }

    /** Retrieves the keys again, unless they have been retrieved since the given keys. */
    void refresh(JWKSet known) throws KeySourceException {
        keys.getJWKSetSource()
                .getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), System.currentTimeMillis(), null);
    }

    /** Whether the last attempt to retrieve the keys failed. */
    boolean isFailing() {
        return failing;
    }

    /** Retrieves the keys, and records whether that failed. */
    private final class Retrieval extends JWKSetSourceWrapper<SecurityContext> {

        Retrieval(JWKSetSource<SecurityContext> source) {
            super(source);
        }

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
                throws KeySourceException {
            try {
                JWKSet retrieved = getSource().getJWKSet(evaluator, currentTime, context);
                failing = false;
                return retrieved;
            } catch (KeySourceException e) {
                if (!failing) {
                    LOG.warn("The keys of the issuer of tokens cannot be retrieved: {}", e.getMessage());
                }
                failing = true;
                throw e;
            }
        }
    }
}
