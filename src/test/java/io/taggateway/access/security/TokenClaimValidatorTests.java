package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

/** Tests of the caller that is determined from the claims of a token. */
class TokenClaimValidatorTests {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void scopesAreThoseOfScopeOrScpOrTheConfiguredClaim() {
        Map<String, Object> scope = Map.of("scope", "openid tags.read calls.read");
        Map<String, Object> scp = Map.of("scp", List.of("tags.read", "unknown"), "roles", List.of("admin"));
        assertThat(claims("", "").caller(token(scope)).scopes()).containsExactlyInAnyOrder("tags.read", "calls.read");
        assertThat(claims("", "").caller(token(scp)).scopes()).containsExactly("tags.read");
        assertThat(claims("roles", "").caller(token(scp)).scopes()).containsExactly("admin");
        assertThat(claims("roles", "").caller(token(scope)).scopes()).isEmpty();
        assertThat(claims("roles", "").caller(token(Map.of("roles", 7))).scopes())
                .isEmpty();
    }

    @Test
    void tenantIsThatOfTheConfiguredClaim() {
        Map<String, Object> tenant = Map.of("org", "acme");
        assertThat(claims("", "").caller(token(tenant)).tenant()).isNull();
        assertThat(claims("", "org").caller(token(tenant)).tenant()).isEqualTo("acme");
        assertThatThrownBy(() -> claims("", "org").caller(token(Map.of())))
                .isInstanceOf(CallerRejectedException.class)
                .hasMessage("The token has no tenant.");
    }

    @Test
    void callerExpiresWithTheTokenAndTheClockSkew() {
        assertThat(claims("", "").caller(token(Map.of())).expiresAt()).isEqualTo(NOON.plusSeconds(60 + 30));
    }

    private static TokenClaimValidator claims(String scopeClaim, String tenantClaim) {
        JwtProperties properties = new JwtProperties(
                "",
                "",
                false,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Set.of("tags"),
                Duration.ofSeconds(30),
                scopeClaim,
                tenantClaim);
        return new TokenClaimValidator(properties, Clock.systemUTC());
    }

    private static Jwt token(Map<String, Object> claims) {
        return Jwt.withTokenValue("token")
                .header("alg", "RS256")
                .subject("dashboard")
                .expiresAt(NOON.plusSeconds(60))
                .claims(all -> all.putAll(claims))
                .build();
    }
}
