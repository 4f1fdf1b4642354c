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

/** Configures the verification of tokens, if the security mode includes them. */
@Configuration(proxyBeanMethods = false)
class JwtConfiguration {

    /** The time for which keys are used before they are retrieved again, in case the issuer has withdrawn them. */
    private static final Duration KEYS_FRESH_FOR = Duration.ofMinutes(5);

    /** The time limit of a request that waits while another retrieves the keys. */
    private static final Duration KEYS_WAIT = Duration.ofSeconds(5);

    /** Null, which registers no bean, if the security mode does not include tokens. */
    @Bean
    @Nullable
    TokenVerifier tokenVerifier(SecurityProperties properties, Clock clock) {
        if (!properties.modes().contains(SecurityMode.JWT)) {
            return null;
        }
        JwtProperties jwt = properties.jwt();
        if (!jwt.isConfigured()) {
            throw new StartupException("GATEWAY_SECURITY_MODE has jwt, but no issuer is configured: set"
                    + " GATEWAY_JWT_ISSUER_URI or GATEWAY_JWT_JWK_SET_URI.");
        }
        if (jwt.audience().isEmpty()) {
            throw new StartupException("GATEWAY_SECURITY_MODE has jwt, but tokens for any other service would be valid:"
                    + " set GATEWAY_JWT_AUDIENCE.");
        }
        return new TokenVerifier(keys(jwt), new TokenClaims(jwt, clock), clock);
    }

    /**
     * The keys of the issuer. They stay in use during an outage of the issuer. They are first retrieved when the first
     * token arrives, so that gateway and issuer can start in any order.
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
