package io.taggateway.access.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Status, headers and bytes of an HTTP response, as it is sent or could be kept. */
final class WrittenResponse {

    private static final int TAG_BYTES = 16;

    private final HttpStatusCode status;
    private final HttpHeaders headers;
    private final byte[] body;

    WrittenResponse(HttpStatusCode status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The entity tag of a body; weak, as the same body may be sent compressed. */
    static ETag entityTag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return new ETag(HexFormat.of().formatHex(hash, 0, TAG_BYTES), true);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A successful response with its entity tag, without the body if the headers of the request name that tag. */
    static WrittenResponse tagged(ETag tag, HttpHeaders headers, byte[] body, HttpHeaders request) {
        headers.setETag(tag.formattedTag());
        boolean known = request.getOrEmpty(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(value -> ETag.parse(value).stream())
                .anyMatch(each -> each.isWildcard() || each.compare(tag, false));
        return new WrittenResponse(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK, headers, body);
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
