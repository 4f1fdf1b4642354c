package io.taggateway.access.security;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which tokens (JWT) are valid, and the names of their claims.
 *
 * @param issuerUri the issuer, which must be the {@code iss} of tokens and whose metadata has the address of its keys;
 *     if empty, any issuer is accepted
 * @param jwkSetUri the address of the issuer's keys; if empty, the one in its metadata
 * @param allowInsecureHttp whether keys may be retrieved by http from other hosts than loopback
 * @param keyTimeout how long the response of an issuer with its metadata or keys may take
 * @param keyInterval the interval at which keys are retrieved again for tokens that none of the known keys has signed
 * @param audience the audiences; the {@code aud} of tokens must contain one of them
 * @param clockSkew the tolerated difference between the clocks of issuer and gateway; tokens are accepted this much
 *     longer
 * @param scopeClaim the claim with the scopes of the caller; if empty, {@code scope}, and {@code scp} if that is absent
 * @param tenantClaim the claim with the tenant of the caller; if empty, all callers belong to the default tenant
 */
record JwtProperties(
        @DefaultValue("") String issuerUri,
        @DefaultValue("") String jwkSetUri,
        @DefaultValue("false") boolean allowInsecureHttp,
        @DefaultValue("2s") Duration keyTimeout,
        @DefaultValue("1s") Duration keyInterval,
        @DefaultValue Set<String> audience,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("") String scopeClaim,
        @DefaultValue("") String tenantClaim) {

    /** Checks the durations for keys, which are used in whole milliseconds. */
    JwtProperties {
        if (keyTimeout.toMillis() < 1 || keyInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "gateway.security.jwt.key-timeout and key-interval must be at least 1ms");
        }
    }

    /** Whether any of these settings has a value. */
    boolean isConfigured() {
        return !issuerUri.isBlank() || !jwkSetUri.isBlank();
    }
}
