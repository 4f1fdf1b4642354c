package io.taggateway.api.graphiql;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * One file of the page, in memory.
 *
 * @param path the path at which it is served
 * @param etag a digest of its bytes, as browsers revalidate it each time
 */
record GraphiqlFile(String path, MediaType type, Resource content, String etag) {

    static GraphiqlFile read(String path, MediaType type, String source) {
        byte[] bytes = bytes(new ClassPathResource(source));
        String etag = '"' + DigestUtils.md5DigestAsHex(bytes) + '"';
        return new GraphiqlFile(path, type, new ByteArrayResource(bytes), etag);
    }

    static byte[] bytes(Resource file) {
        try {
            return file.getContentAsByteArray();
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
