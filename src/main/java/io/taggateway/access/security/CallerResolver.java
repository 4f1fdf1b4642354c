package io.taggateway.access.security;

import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.Caller;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Determines the caller of a request from its headers. No other class reads credentials. */
@Component
public final class CallerResolver {

    /** The header of API keys. */
    public static final String API_KEY = "X-API-Key";

    private static final String FAILURE = CallerResolver.class.getName() + ".failure";
    private static final String BEARER = "Bearer ";
    private static final String REALM = "realm=\"tag-gateway\"";

    static final CallerAuthentication ANYONE = new CallerAuthentication(Caller.ANYONE);

    private final Set<SecurityMode> modes;
    private final ApiKeyRegistry keys;
    private final @Nullable TokenVerifier tokens;
    private final TenantCatalog tenants;
    private final Clock clock;
    private final Mono<CallerAuthentication> missing;

    CallerResolver(
            SecurityProperties properties,
            ApiKeyRegistry keys,
            @Nullable TokenVerifier tokens,
            TenantCatalog tenants,
            Clock clock) {
        this.tenants = tenants;
        this.modes = properties.authenticates() ? properties.modes() : Set.of();
        this.keys = keys;
        this.tokens = tokens;
        this.clock = clock;
        this.missing = rejection("Send "
                + String.join(
                        " or ",
                        modes.stream()
                                .map(mode -> mode == SecurityMode.JWT
                                        ? "a token in the header `Authorization: Bearer`"
                                        : "an API key in the header `X-API-Key`")
                                .toList())
                + ".");
    }

    /**
     * The caller of a request. A failure is stored in its attributes, so that a token is verified once when the request
     * is dispatched to be refused.
     */
    public Mono<CallerAuthentication> resolve(ServerHttpRequest request) {
        Mono<CallerAuthentication> caller = resolve(request.getHeaders());
        if (tokens == null) {
            return caller;
        }
        return request.getAttributes().get(FAILURE) instanceof Throwable failure
                ? Mono.error(failure)
                : caller.doOnError(failure -> request.getAttributes().put(FAILURE, failure));
    }

    /**
     * The caller of a request with these headers; {@link Caller#ANYONE} if callers do not authenticate.
     *
     * @return a {@link CallerRejectedException} if the credential is missing, or is not valid, or belongs to a tenant
     *     that is not configured
     */
    public Mono<CallerAuthentication> resolve(HttpHeaders headers) {
        if (modes.isEmpty()) {
            return Mono.just(ANYONE);
        }
        List<String> presented = modes.contains(SecurityMode.API_KEY) ? headers.getOrEmpty(API_KEY) : List.of();
        List<String> bearer = tokens != null ? bearer(headers) : List.of();
        return switch (presented.size() + bearer.size()) {
            case 0 -> missing;
            case 1 -> presented.isEmpty() ? ofToken(bearer.getFirst()) : ofKey(presented.getFirst());
            default -> rejection("Send one credential only.");
        };
    }

    /** Whether a request has a credential. */
    public boolean hasCredential(HttpHeaders headers) {
        return modes.isEmpty()
                || (modes.contains(SecurityMode.API_KEY) && headers.containsHeader(API_KEY))
                || (tokens != null && headers.containsHeader(HttpHeaders.AUTHORIZATION));
    }

    /** Whether a header may have a credential. */
    public static boolean isCredential(String header) {
        return header.equalsIgnoreCase(API_KEY) || header.equalsIgnoreCase(HttpHeaders.AUTHORIZATION);
    }

    private static List<String> bearer(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.AUTHORIZATION).stream()
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .toList();
    }

    private Mono<CallerAuthentication> ofKey(String key) {
        CallerAuthentication found = keys.find(key);
        if (found == null) {
            return rejection("The API key is unknown.");
        }
        return found.isExpired(clock) ? rejection("The API key has expired.") : ofTenant(found);
    }

    private Mono<CallerAuthentication> ofToken(String token) {
        return Objects.requireNonNull(tokens).verify(token, BEARER + REALM).flatMap(this::ofTenant);
    }

    private Mono<CallerAuthentication> ofTenant(CallerAuthentication found) {
        return tenants.isConfigured(Tenant.of(found.getPrincipal().tenant()))
                ? Mono.just(found)
                : Mono.error(CallerRejectedException::unknownTenant);
    }

    private Mono<CallerAuthentication> rejection(String message) {
        String challenges = modes.stream()
                .map(mode -> (mode == SecurityMode.JWT ? BEARER : "ApiKey ") + REALM)
                .collect(Collectors.joining(", "));
        return Mono.error(() -> CallerRejectedException.unauthenticated(message, challenges));
    }
}
