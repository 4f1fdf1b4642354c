package io.taggateway.access.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import io.taggateway.tagging.model.StartupException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What verifies tokens, where callers may have them. */
@Configuration(proxyBeanMethods = false)
class JwtConfiguration {

    /** How long keys are used without another look whether the issuer has withdrawn them. */
    private static final Duration KEYS_FRESH_FOR = Duration.ofMinutes(5);

    /** How long a request waits for another that retrieves the keys. */
    private static final Duration KEYS_WAIT = Duration.ofSeconds(5);

    /** Null, which is no bean, where callers have no tokens. */
    @Bean
    @Nullable
    TokenVerifier tokenVerifier(SecurityProperties properties, Clock clock) {
        if (!properties.modes().contains(SecurityMode.JWT)) {
            return null;
        }
        JwtProperties jwt = properties.jwt();
        if (!jwt.isConfigured()) {
            throw new StartupException("GATEWAY_SECURITY_MODE has jwt, but nothing says whose tokens are valid: set"
                    + " GATEWAY_JWT_ISSUER_URI or GATEWAY_JWT_JWK_SET_URI.");
        }
        if (jwt.audience().isEmpty()) {
            throw new StartupException("GATEWAY_SECURITY_MODE has jwt, but tokens for any other service would be valid:"
                    + " set GATEWAY_JWT_AUDIENCE.");
        }
        return new TokenVerifier(keys(jwt), new TokenClaims(jwt, clock), clock);
    }

    /**
     * The keys, which outlast an outage of the issuer; retrieved when the first token comes, so that either may start
     * first.
     */
    private static JWKSource<SecurityContext> keys(JwtProperties jwt) {
        boolean known = !jwt.jwkSetUri().isBlank();
        String uri = known ? jwt.jwkSetUri() : jwt.issuerUri();
        ResourceRetriever retriever = known ? IssuerKeyRetriever.plain() : new IssuerKeyRetriever();
        try {
            return JWKSourceBuilder.<SecurityContext>create(URI.create(uri).toURL(), retriever)
                    .cache(KEYS_FRESH_FOR.toMillis(), KEYS_WAIT.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(TokenVerifier.KEY_INTERVAL.toMillis())
                    .retrying(true)
                    .outageTolerantForever()
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new StartupException("The address of the issuer of tokens is not valid: " + uri + ".");
        }
    }
}
