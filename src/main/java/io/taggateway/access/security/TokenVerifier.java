package io.taggateway.access.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Verifies tokens (JWT). Verified tokens are cached until they expire; the cache has a maximum size. */
final class TokenVerifier {

    private static final int MAX_KNOWN = 10_000;

    /** Asymmetric algorithms only, as a shared secret would have to be in the configuration. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Stream.of(SignatureAlgorithm.values())
            .map(algorithm -> JWSAlgorithm.parse(algorithm.getName()))
            .collect(Collectors.toUnmodifiableSet());

    private final IssuerKeySource keys;
    private final NimbusJwtDecoder decoder;
    private final TokenClaimValidator claims;
    private final Clock clock;
    private final Cache<CredentialDigest, CallerAuthentication> known;

    TokenVerifier(IssuerKeySource keys, TokenClaimValidator claims, Clock clock) {
        this.claims = claims;
        this.clock = clock;
        this.keys = keys;
        this.decoder = decoder(keys.keys());
        this.known = Caffeine.newBuilder()
                .maximumSize(MAX_KNOWN)
                .expireAfter(Expiry.creating(
                        (CredentialDigest digest, CallerAuthentication caller) -> caller.remaining(clock)))
                .build();
    }

    private static NimbusJwtDecoder decoder(JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        return decoder;
    }

    /**
     * The caller of a token.
     *
     * @param challenge the scheme and realm of {@code WWW-Authenticate}
     * @return a {@link CallerRejectedException} if the token is not valid; a {@link ResponseStatusException} (503) if
     *     the keys of the issuer cannot be retrieved
     */
    Mono<CallerAuthentication> verify(String token, String challenge) {
        CredentialDigest digest = CredentialDigest.of(token);
        CallerAuthentication found = known.getIfPresent(digest);
        if (found != null && !found.isExpired(clock)) {
            return Mono.just(found);
        }
        // The decoder blocks while it retrieves keys
        return Mono.fromCallable(() -> decode(token))
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.fixedDelay(1, keys.interval())
                        .filter(TokenVerifier::isTooSoon)
                        .onRetryExhaustedThrow((retry, last) -> noKey(last.failure())))
                .onErrorMap(JwtException.class, error -> rejection(error, challenge))
                .map(verified -> {
                    String violation = claims.violation(verified);
                    if (violation != null) {
                        throw invalid(violation, challenge);
                    }
                    CallerAuthentication caller = new CallerAuthentication(claims.caller(verified));
                    known.put(digest, caller);
                    return caller;
                });
    }

    private Jwt decode(String token) {
        JWSHeader header = header(token);
        boolean namesKey = header == null || header.getKeyID() != null;
        try {
            return namesKey ? decoder.decode(token) : decodeWithAnyKey(token);
        } catch (BadJwtException e) {
            boolean keyMayBeNew = header != null && !(namesKey && e.getCause() instanceof BadJWSException);
            throw keyMayBeNew ? noKey(e) : e;
        }
    }

    /** Decodes a token that does not name its key. Its key may be a new one if none of the known keys has signed it. */
    private Jwt decodeWithAnyKey(String token) {
        try {
            JWKSet before = keys.known();
            try {
                return decoder.decode(token);
            } catch (BadJwtException e) {
                keys.refresh(before);
                return decoder.decode(token);
            }
        } catch (KeySourceException e) {
            throw new JwtException("The keys cannot be retrieved", e);
        }
    }

    /** The header of a token; null if it is malformed, or not signed with an asymmetric algorithm. */
    private static @Nullable JWSHeader header(String token) {
        try {
            JWSHeader header = SignedJWT.parse(token).getHeader();
            return ALGORITHMS.contains(header.getAlgorithm()) ? header : null;
        } catch (ParseException malformed) {
            return null;
        }
    }

    /** The error for a token that no known key has signed. While keys cannot be retrieved, it may still be valid. */
    private JwtException noKey(Throwable cause) {
        return keys.isFailing()
                ? new JwtException("The keys cannot be retrieved", cause)
                : new BadJwtException("No key", cause);
    }

    private static boolean isTooSoon(Throwable error) {
        return error.getCause() instanceof RateLimitReachedException;
    }

    private static RuntimeException rejection(JwtException error, String challenge) {
        if (error instanceof BadJwtException) {
            return invalid("The token is not valid.", challenge);
        }
        return new ResponseStatusException(
                HttpStatus.SERVICE_UNAVAILABLE, "The keys of the issuer of the token cannot be retrieved.");
    }

    private static CallerRejectedException invalid(String sentence, String challenge) {
        return CallerRejectedException.unauthenticated(
                sentence, challenge + ", error=\"invalid_token\", error_description=\"" + sentence + "\"");
    }
}
