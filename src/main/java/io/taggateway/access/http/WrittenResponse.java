package io.taggateway.access.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The status, headers and bytes, in pieces, of an HTTP response that is ready to be sent or cached. */
final class WrittenResponse {

    private static final int TAG_BYTES = 16;

    private final HttpStatusCode status;
    private final HttpHeaders headers;
    private final List<byte[]> body;

    WrittenResponse(HttpStatusCode status, HttpHeaders headers, List<byte[]> body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The entity tag of a body; weak, as the same body may be sent compressed. */
    static ETag entityTag(List<byte[]> body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            body.forEach(digest::update);
            byte[] hash = digest.digest();
            return new ETag(HexFormat.of().formatHex(hash, 0, TAG_BYTES), true);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A successful response with its entity tag, without the body if the headers of the request name that tag. */
    static WrittenResponse tagged(ETag tag, HttpHeaders headers, List<byte[]> body, HttpHeaders request) {
        headers.setETag(tag.formattedTag());
        boolean known = request.getOrEmpty(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(value -> ETag.parse(value).stream())
                .anyMatch(each -> each.isWildcard() || each.compare(tag, false));
        return new WrittenResponse(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK, headers, body);
    }

    HttpStatusCode status() {
        return status;
    }

    /** Sends the response. The names that {@code Vary} already has, such as the origin, are kept. */
    Mono<Void> writeTo(ServerHttpResponse response) {
        HttpHeaders all = response.getHeaders();
        List<String> vary = Stream.concat(headers.getVary().stream(), all.getVary().stream())
                .distinct()
                .toList();
        all.putAll(headers);
        if (!vary.isEmpty()) {
            all.setVary(vary);
        }
        return send(response);
    }

    /** Sends the body in a response that already has the headers. */
    Mono<Void> send(ServerHttpResponse response) {
        response.setStatusCode(status);
        HttpHeaders all = response.getHeaders();
        if (status.isSameCodeAs(HttpStatus.NOT_MODIFIED)) {
            all.remove(HttpHeaders.CONTENT_TYPE);
            return response.setComplete();
        }
        all.setContentLength(size(body));
        DataBufferFactory buffers = response.bufferFactory();
        return response.writeWith(
                body.size() == 1
                        ? Mono.just(buffers.wrap(body.getFirst()))
                        : Flux.fromIterable(body).map(buffers::wrap));
    }

    static long size(List<byte[]> body) {
        long size = 0;
        for (byte[] piece : body) {
            size += piece.length;
        }
        return size;
    }
}
