package io.taggateway.access.http;

import java.util.Set;
import org.springframework.graphql.server.support.SerializableGraphQlRequest;
import org.springframework.graphql.server.webflux.GraphQlHttpHandler;
import org.springframework.graphql.server.webflux.GraphQlSseHandler;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.function.server.support.ServerRequestWrapper;
import org.springframework.web.server.MethodNotAllowedException;
import reactor.core.publisher.Mono;

/**
 * The endpoint for GraphQL, which looks at everything about a request that HTTP has rules for before the framework's
 * handlers answer it. WebSockets do not come by here.
 */
final class GraphQlEndpoint {

    static final String PATH = "/graphql";

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<HttpMethod> METHODS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS);

    private final GraphQlRequestReader reader;
    private final GraphQlHttpHandler answers;
    private final GraphQlSseHandler streams;

    GraphQlEndpoint(GraphQlRequestReader reader, GraphQlHttpHandler answers, GraphQlSseHandler streams) {
        this.reader = reader;
        this.answers = answers;
        this.streams = streams;
    }

    Mono<ServerResponse> handle(ServerRequest request) {
        HttpMethod method = request.method();
        if (method.equals(HttpMethod.OPTIONS)) {
            return ServerResponse.noContent().allow(METHODS).build();
        }
        if (!METHODS.contains(method)) {
            return Mono.error(new MethodNotAllowedException(method, METHODS));
        }
        HttpHeaders headers = request.headers().asHttpHeaders();
        AnswerType type = AnswerType.accepted(headers);
        if (READING.contains(method)) {
            CrossSiteRequests.refuse(headers);
        }
        return reader.read(request).flatMap(body -> {
            request.attributes().put(HttpOperation.KEY, new HttpOperation(method, type));
            ServerRequest ready = new ReadRequest(request, body);
            return type == AnswerType.EVENT_STREAM ? stream(ready) : answers.handleRequest(ready);
        });
    }

    private Mono<ServerResponse> stream(ServerRequest request) {
        request.exchange().getResponse().getHeaders().setCacheControl(CacheControl.noStore());
        return streams.handleRequest(request).map(OpenedStream::new);
    }

    /** A request whose body has been read. */
    private static final class ReadRequest extends ServerRequestWrapper {

        private final SerializableGraphQlRequest body;

        ReadRequest(ServerRequest request, SerializableGraphQlRequest body) {
            super(request);
            this.body = body;
        }

        @Override
        public <T> Mono<T> bodyToMono(Class<? extends T> type) {
            return Mono.just(type.cast(body));
        }
    }
}
