package io.taggateway.api.graphiql;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * One file of the page, which is read when it is first requested and then kept in memory.
 *
 * @param path the path at which it is served
 */
record GraphiqlFile(String path, MediaType type, SingletonSupplier<Content> content) {

    static GraphiqlFile of(String path, MediaType type, String source) {
        return new GraphiqlFile(path, type, SingletonSupplier.of(() -> Content.read(source)));
    }

    static byte[] bytes(Resource file) {
        try {
            return file.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Mono<ServerResponse> serve(ServerRequest request) {
        Content read = content.obtain();
        Mono<ServerResponse> whole =
                ServerResponse.ok().contentType(type).eTag(read.etag()).bodyValue(read.body());
        return request.checkNotModified(read.etag()).switchIfEmpty(whole);
    }

    /**
     * The content of a file.
     *
     * @param etag a digest of the bytes, as browsers revalidate the file each time
     */
    record Content(Resource body, String etag) {

        static Content read(String source) {
            byte[] bytes = GraphiqlFile.bytes(new ClassPathResource(source));
            return new Content(new ByteArrayResource(bytes), '"' + DigestUtils.md5DigestAsHex(bytes) + '"');
        }
    }
}
