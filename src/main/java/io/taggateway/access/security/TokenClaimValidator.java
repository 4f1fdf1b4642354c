package io.taggateway.access.security;

import io.taggateway.tagging.operation.Caller;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.util.StringUtils;

/** Validates the claims of tokens, and determines the caller from them. */
final class TokenClaimValidator {

    private final JwtProperties properties;
    private final Map<String, OAuth2TokenValidator<Jwt>> validators = new LinkedHashMap<>();

    TokenClaimValidator(JwtProperties properties, Clock clock) {
        this.properties = properties;
        validators.put("The token has no expiry.", new JwtClaimValidator<>("exp", Objects::nonNull));
        JwtTimestampValidator time = new JwtTimestampValidator(properties.clockSkew());
        time.setClock(clock);
        validators.put("The token has expired, or is not valid yet.", time);
        if (!properties.issuerUri().isBlank()) {
            validators.put("The token is of another issuer.", new JwtIssuerValidator(properties.issuerUri()));
        }
        validators.put(
                "The token is for another audience.",
                new JwtClaimValidator<List<String>>(
                        "aud",
                        audience -> audience != null && audience.stream().anyMatch(properties.audience()::contains)));
        validators.put("The token has no subject.", new JwtClaimValidator<String>("sub", StringUtils::hasText));
    }

    /** The reason why a token is not valid; null if it is valid. */
    @Nullable
    String violation(Jwt token) {
        return validators.entrySet().stream()
                .filter(each -> each.getValue().validate(token).hasErrors())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /**
     * The caller of a valid token.
     *
     * @throws CallerRejectedException if the token lacks the claim with the tenant
     */
    Caller caller(Jwt token) {
        String tenant = properties.tenantClaim().isBlank() ? null : text(token, properties.tenantClaim());
        if (tenant != null && tenant.isBlank()) {
            throw CallerRejectedException.forbidden("The token has no tenant.");
        }
        return new Caller(
                Objects.requireNonNull(token.getSubject()),
                tenant,
                scopes(token),
                Objects.requireNonNull(token.getExpiresAt()).plus(properties.clockSkew()));
    }

    private static String text(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text ? text : "";
    }

    private Set<String> scopes(Jwt token) {
        Object claim = properties.scopeClaim().isBlank()
                ? token.getClaims().getOrDefault("scope", token.getClaims().get("scp"))
                : token.getClaims().get(properties.scopeClaim());
        Stream<?> names = switch (claim) {
            case String text -> Stream.of(StringUtils.tokenizeToStringArray(text, " "));
            case Collection<?> list -> list.stream();
            case null, default -> Stream.empty();
        };
        return names.map(String::valueOf).filter(Caller.ALL_SCOPES::contains).collect(Collectors.toUnmodifiableSet());
    }
}
