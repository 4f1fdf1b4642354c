package io.taggateway.access.http;

import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Sets the headers of all responses: the id of the request, and the headers that make browsers use no response as a
 * page, in a frame or as another media type, and send no referrer. It is the first filter, so that refusals have the
 * headers too.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ResponseHeaderFilter implements WebFilter {

    static final String REQUEST_ID = "X-Request-Id";

    /** The ids of callers that are safe to log. */
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

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
        String given = request.getHeaders().getFirst(REQUEST_ID);
        boolean usable = given != null && WELL_FORMED.matcher(given).matches();
        headers.set(REQUEST_ID, usable ? given : UUID.randomUUID().toString());
    }

    /** The id of a request, from the headers of its response. */
    static String requestId(ServerHttpRequest request, ServerHttpResponse response) {
        String id = response.getHeaders().getFirst(REQUEST_ID);
        return id == null ? request.getId() : id;
    }
}
