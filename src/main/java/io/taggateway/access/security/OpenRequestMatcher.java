package io.taggateway.access.security;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Matches the requests that need no authentication: probes, the files of pages, deliveries of webhooks, which are
 * signed, and WebSocket handshakes without a credential, which {@code connection_init} must have then, as browsers
 * cannot set headers of handshakes.
 */
final class OpenRequestMatcher implements ServerWebExchangeMatcher {

    static final String GRAPHQL = "/graphql";

    private static final Set<String> PAGES = Set.of("", "/", "/livez", "/readyz", "/graphiql");

    private final CallerResolver resolver;

    OpenRequestMatcher(CallerResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        return isOpen(exchange) ? MatchResult.match() : MatchResult.notMatch();
    }

    private boolean isOpen(ServerWebExchange exchange) {
        String path = path(exchange);
        if (path.equals(GRAPHQL)) {
            return isSocket(exchange)
                    && !resolver.hasCredential(exchange.getRequest().getHeaders());
        }
        HttpMethod method = exchange.getRequest().getMethod();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            return PAGES.contains(path) || path.startsWith("/graphiql/") || path.startsWith("/overview/");
        }
        return method.equals(HttpMethod.POST) && path.startsWith("/webhooks/");
    }

    /** The same condition as that of the WebSocket endpoint. */
    private static boolean isSocket(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().equals(HttpMethod.GET)
                && "websocket"
                        .equalsIgnoreCase(exchange.getRequest().getHeaders().getUpgrade());
    }

    static String path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().pathWithinApplication().value();
    }
}
