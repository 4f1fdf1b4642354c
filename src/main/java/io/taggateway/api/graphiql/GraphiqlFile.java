package io.taggateway.api.graphiql;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * One file of the page, held in memory so that no request waits for a disk.
 *
 * @param path where it is served
 * @param type its media type
 * @param content its bytes
 * @param etag a digest of its bytes: a browser asks each time, and gets the file only when it has changed
 */
record GraphiqlFile(String path, MediaType type, Resource content, String etag) {

    static GraphiqlFile read(String path, MediaType type, Resource source) {
        try {
            byte[] bytes = source.getContentAsByteArray();
            String etag = '"' + DigestUtils.md5DigestAsHex(bytes) + '"';
            return new GraphiqlFile(path, type, new ByteArrayResource(bytes), etag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Mono<ServerResponse> serve(ServerRequest request) {
        Mono<ServerResponse> whole =
                ServerResponse.ok().contentType(type).eTag(etag).bodyValue(content);
        return request.checkNotModified(etag).switchIfEmpty(whole);
    }
}
