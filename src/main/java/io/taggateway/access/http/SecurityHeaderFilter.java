package io.taggateway.access.http;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Sets the headers that make browsers use no response as a page, in a frame or as another media type, and send no
 * referrer. It is the first filter, so that refusals have the headers too.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecurityHeaderFilter implements WebFilter {

    private static final String TLS_ONLY_FOR_A_YEAR = "max-age=31536000";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        write(exchange.getRequest(), exchange.getResponse().getHeaders());
        return chain.filter(exchange);
    }

    /** Writes the headers of the response to a request. */
    static void write(ServerHttpRequest request, HttpHeaders headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("Referrer-Policy", "no-referrer");
        if ("https".equals(request.getURI().getScheme())) {
            headers.set("Strict-Transport-Security", TLS_ONLY_FOR_A_YEAR);
        }
    }
}
