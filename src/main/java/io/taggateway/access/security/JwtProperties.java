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
        @DefaultValue Set<String> audience,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("") String scopeClaim,
        @DefaultValue("") String tenantClaim) {

    /** Whether any of these settings has a value. */
    boolean isConfigured() {
        return !issuerUri.isBlank() || !jwkSetUri.isBlank();
    }
}
