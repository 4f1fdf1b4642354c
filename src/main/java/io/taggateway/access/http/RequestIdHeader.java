package io.taggateway.access.http;

import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** The header with the id of a request: the caller's id if it is safe to log, or else a new one. */
public final class RequestIdHeader {

    public static final String NAME = "X-Request-Id";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    private RequestIdHeader() {}

    /** The id from the headers of a request, or a new one. */
    public static String idOf(HttpHeaders headers) {
        String given = headers.getFirst(NAME);
        return given != null && WELL_FORMED.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    /** The id of a request, from the header of its response. */
    static String idOf(ServerWebExchange exchange) {
        String id = exchange.getResponse().getHeaders().getFirst(NAME);
        return id == null ? exchange.getRequest().getId() : id;
    }
}
