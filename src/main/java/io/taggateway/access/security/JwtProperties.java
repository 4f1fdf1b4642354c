package io.taggateway.access.security;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which tokens (JWT) are valid, and what their claims say.
 *
 * @param issuerUri the issuer, which tokens must have in {@code iss}; its metadata names its keys; empty for any
 * @param jwkSetUri where the keys of the issuer are; empty for what its metadata says
 * @param audience of which tokens must have one in {@code aud}
 * @param clockSkew by how much the clocks of issuer and gateway may differ; tokens are valid for so much longer
 * @param scopeClaim the claim with the scopes of the caller; empty for {@code scope}, or else {@code scp}
 * @param tenantClaim the claim with the tenant of the caller; empty if all are of the default tenant
 */
record JwtProperties(
        @DefaultValue("") String issuerUri,
        @DefaultValue("") String jwkSetUri,
        @DefaultValue Set<String> audience,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("") String scopeClaim,
        @DefaultValue("") String tenantClaim) {

    /** Whether any of these is set. */
    boolean isConfigured() {
        return !issuerUri.isBlank() || !jwkSetUri.isBlank();
    }
}
