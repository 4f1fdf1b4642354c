package io.taggateway.access.http;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.webflux.GraphQlHttpHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers operations in the media type that is accepted best, with what caches need to know. */
@Component
class AnswerHandler extends GraphQlHttpHandler {

    private final JsonMapper json;
    private final CacheHeaders cacheHeaders;

    AnswerHandler(WebGraphQlHandler graphQl, JsonMapper json, CacheHeaders cacheHeaders) {
        super(graphQl);
        this.json = json;
        this.cacheHeaders = cacheHeaders;
    }

    @Override
    protected Mono<ServerResponse> prepareResponse(ServerRequest request, WebGraphQlResponse response) {
        AnswerType type = AnswerType.accepted(request.headers().asHttpHeaders());
        HttpStatus status = selectResponseStatus(response, type.mediaType());
        byte[] body = json.writeValueAsBytes(response.toMap());
        HttpHeaders headers = headers(request, response, body);
        headers.setVary(vary(request, headers));
        boolean known = headers.getETag() != null && BodyTag.isAnyKnown(request);
        ServerResponse.BodyBuilder builder = ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : status)
                .headers(all -> all.putAll(response.getResponseHeaders()))
                .headers(all -> all.putAll(headers));
        return known ? builder.build() : builder.contentType(type.mediaType()).bodyValue(body);
    }

    private HttpHeaders headers(ServerRequest request, WebGraphQlResponse response, byte[] body) {
        return response.getExecutionResult().getErrors().isEmpty()
                        && request.attributes().get(HttpOperation.KEY) instanceof HttpOperation operation
                ? cacheHeaders.of(operation, body)
                : cacheHeaders.ofErrors();
    }

    /** What the rest of the server has said already, such as that an answer is for one origin only, stays. */
    private static List<String> vary(ServerRequest request, HttpHeaders headers) {
        List<String> said = request.exchange().getResponse().getHeaders().getVary();
        return Stream.concat(said.stream(), headers.getVary().stream())
                .distinct()
                .toList();
    }
}
