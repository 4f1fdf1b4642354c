package io.taggateway.access.http;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.ETag;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The address of the schema in SDL, for people and for tools that ask again and again whether there is a new one. */
final class SchemaEndpoint {

    static final String PATH = GraphQlEndpoint.PATH + "/schema";

    private static final MediaType TYPE = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final byte[] text;
    private final ETag tag;

    SchemaEndpoint(GraphQLSchema schema) {
        this.text = new SchemaPrinter().print(schema).getBytes(StandardCharsets.UTF_8);
        this.tag = EntityTag.of(text);
    }

    Mono<ServerResponse> handle(ServerRequest request) {
        HttpMethod method = request.method();
        if (method.equals(HttpMethod.OPTIONS)) {
            return ServerResponse.noContent().allow(METHODS).build();
        }
        if (!METHODS.contains(method)) {
            return ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED)
                    .allow(METHODS)
                    .build();
        }
        boolean known = EntityTag.isKnown(tag, request.headers().asHttpHeaders());
        ServerResponse.BodyBuilder answer = ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .eTag(tag.formattedTag())
                .cacheControl(CacheControl.noCache().cachePublic());
        return known ? answer.build() : answer.contentType(TYPE).bodyValue(text);
    }
}
