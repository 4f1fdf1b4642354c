package io.taggateway.access.http;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Status, headers and bytes of an HTTP response, as it is sent or could be kept. */
final class WrittenResponse {

    private final HttpStatusCode status;
    private final HttpHeaders headers;
    private final byte[] body;

    WrittenResponse(HttpStatusCode status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Sends it. What the server has named in {@code Vary} already, such as the origin, stays. */
    Mono<Void> writeTo(ServerHttpResponse response) {
        response.setStatusCode(status);
        HttpHeaders all = response.getHeaders();
        List<String> vary = Stream.concat(headers.getVary().stream(), all.getVary().stream())
                .distinct()
                .toList();
        all.putAll(headers);
        if (!vary.isEmpty()) {
            all.setVary(vary);
        }
        if (status.isSameCodeAs(HttpStatus.NOT_MODIFIED)) {
            all.remove(HttpHeaders.CONTENT_TYPE);
            return response.setComplete();
        }
        all.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
