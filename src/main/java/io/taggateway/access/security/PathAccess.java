package io.taggateway.access.security;

import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Authorizes an authenticated caller for the path of a request. */
final class PathAccess {

    private final ServerWebExchangeMatcher actuator = EndpointRequest.toAnyEndpoint();

    /**
     * Returns the authentication of the caller, or a {@link CallerRejectedException} (403) if the caller lacks the
     * scope for the path.
     */
    Mono<CallerAuthentication> check(ServerWebExchange exchange, CallerAuthentication authentication) {
        return switch (OpenRequestMatcher.path(exchange)) {
            case OpenRequestMatcher.GRAPHQL -> Mono.just(authentication);
            case "/graphql/schema", "/graphql/schema.graphqls" -> require("schema.read", authentication);
            case "/admin/caches/invalidate" -> require("admin", authentication);
            default ->
                actuator.matches(exchange)
                        .flatMap(result ->
                                result.isMatch() ? require("admin", authentication) : Mono.just(authentication));
        };
    }

    private static Mono<CallerAuthentication> require(String scope, CallerAuthentication authentication) {
        return authentication.getPrincipal().scopes().contains(scope)
                ? Mono.just(authentication)
                : Mono.error(() -> CallerRejectedException.forbidden("The scope `" + scope + "` is required."));
    }
}
