package io.taggateway.access.http;

import graphql.execution.preparsed.persisted.PersistedQuerySupport;
import io.taggateway.access.http.GraphQlEndpoint.Exchange;
import io.taggateway.access.server.AdmittedRequest;
import io.taggateway.access.server.Utf8;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.support.DefaultGraphQlRequest;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads an operation from the body of a POST or the query string of a GET, and reports malformed ones. */
@Component
class GraphQlRequestReader {

    private static final String QUERY = "query";
    private static final String OPERATION_NAME = "operationName";
    private static final String VARIABLES = "variables";
    private static final String EXTENSIONS = "extensions";

    /** Control characters and line separators. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private final ObjectReader json;
    private final int maxSize;
    private final CrossSiteRequestCheck crossSite;

    GraphQlRequestReader(JsonMapper json, RequestProperties properties, CrossSiteRequestCheck crossSite) {
        this.crossSite = crossSite;
        this.json = json.readerFor(Object.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
        this.maxSize = Math.toIntExact(properties.maxSize().toBytes());
    }

    /** The operations that a request may execute; throws a {@link ResponseStatusException} if it is refused. */
    HttpOperationPolicy policy(ServerHttpRequest request) {
        HttpOperationPolicy allowed = HttpOperationPolicy.of(request);
        crossSite.refuse(request);
        return allowed;
    }

    /** The content of a request: its query string or its decompressed body. It is read only once. */
    Mono<byte[]> content(ServerHttpRequest request) {
        Mono<byte[]> read = request instanceof AdmittedRequest admitted ? admitted.content() : null;
        return read == null ? Mono.defer(() -> read(request)) : read;
    }

    private Mono<byte[]> read(ServerHttpRequest request) {
        if (!isPost(request)) {
            String query = Objects.requireNonNullElse(request.getURI().getRawQuery(), "");
            return Mono.just(query.getBytes(StandardCharsets.UTF_8));
        }
        MediaType type = contentType(request);
        if (type == null || !MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type) || !isOfJson(type.getCharset())) {
            return Mono.error(new UnsupportedMediaTypeStatusException(type, List.of(MediaType.APPLICATION_JSON)));
        }
        ContentEncoding encoding = ContentEncoding.of(request.getHeaders());
        return DataBufferUtils.join(request.getBody(), maxSize)
                .map(body -> encoding.decode(body, maxSize))
                .switchIfEmpty(Mono.error(() -> new RefusedRequestException("The body is empty.")));
    }

    /** Parses the operation of a request from its bytes. */
    WebGraphQlRequest read(Exchange exchange, byte[] bytes) {
        ServerHttpRequest request = exchange.request();
        return toGraphQl(exchange, isPost(request) ? object(bytes) : parameters(request.getQueryParams()));
    }

    private static boolean isPost(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.POST);
    }

    private static @Nullable MediaType contentType(ServerHttpRequest request) {
        try {
            return request.getHeaders().getContentType();
        } catch (InvalidMediaTypeException e) {
            throw new UnsupportedMediaTypeStatusException("Content-Type cannot be read");
        }
    }

    private static boolean isOfJson(@Nullable Charset charset) {
        return charset == null || charset.name().startsWith("UTF-") || charset.equals(StandardCharsets.US_ASCII);
    }

    private Map<?, ?> object(byte[] body) {
        if (!Utf8.isValidJson(body)) {
            throw new RefusedRequestException("The body is not valid UTF-8.");
        }
        Object value;
        try {
            value = json.readValue(body);
        } catch (JacksonException e) {
            refuseDuplicate(e);
            value = null;
        }
        if (value instanceof List) {
            throw new RefusedRequestException("Several operations in one request are not supported: send one object.");
        }
        if (!(value instanceof Map<?, ?> object)) {
            throw new RefusedRequestException("The body must be a JSON object with a `query`.");
        }
        return object;
    }

    private Map<String, Object> parameters(MultiValueMap<String, String> parameters) {
        Map<String, Object> object = new HashMap<>();
        for (String name : List.of(QUERY, OPERATION_NAME, VARIABLES, EXTENSIONS)) {
            List<String> values = parameters.getOrDefault(name, List.of());
            if (values.size() > 1) {
                throw new RefusedRequestException("The parameter `" + name + "` is given more than once.");
            }
            String value = values.isEmpty() ? null : values.getFirst();
            if (StringUtils.hasText(value)) {
                boolean text = name.equals(QUERY) || name.equals(OPERATION_NAME);
                object.put(name, text ? value : parsed(name, value));
            }
        }
        return object;
    }

    /** Proxies and the gateway may differ in which of two members with the same name they use. */
    private static void refuseDuplicate(JacksonException e) {
        if (e.getOriginalMessage().startsWith("Duplicate ")) {
            throw new RefusedRequestException("A JSON object has a member more than once.");
        }
    }

    private Object parsed(String name, String value) {
        try {
            return json.readValue(value);
        } catch (JacksonException e) {
            refuseDuplicate(e);
            throw new RefusedRequestException("The parameter `" + name + "` is no JSON.");
        }
    }

    /** Libraries log the name unchanged, so a name with line breaks could forge log lines. */
    private static @Nullable String operationName(Map<?, ?> object) {
        String name = member(object, OPERATION_NAME, String.class, "a string");
        if (name != null && CONTROL.matcher(name).find()) {
            throw new RefusedRequestException("`operationName` must be a name.");
        }
        return name;
    }

    private static WebGraphQlRequest toGraphQl(Exchange exchange, Map<?, ?> object) {
        String query = member(object, QUERY, String.class, "a string");
        Map<String, @Nullable Object> variables = members(object, VARIABLES);
        Map<String, Object> extensions = members(object, EXTENSIONS);
        if (query == null) {
            if (extensions == null || !(extensions.get("persistedQuery") instanceof Map)) {
                throw new RefusedRequestException("`query` is missing.");
            }
            query = PersistedQuerySupport.PERSISTED_QUERY_MARKER;
        }
        ServerHttpRequest request = exchange.request();
        return new WebGraphQlRequest(
                request.getURI(),
                request.getHeaders(),
                request.getCookies(),
                request.getRemoteAddress(),
                Map.of(),
                new DefaultGraphQlRequest(query, operationName(object), variables, extensions),
                ResponseHeaderFilter.requestId(request, exchange.response()),
                exchange.locale());
    }

    @SuppressWarnings("unchecked")
    private static <V extends @Nullable Object> @Nullable Map<String, V> members(Map<?, ?> object, String name) {
        return member(object, name, Map.class, "an object");
    }

    private static <T> @Nullable T member(Map<?, ?> object, String name, Class<T> type, String expectation) {
        Object value = object.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new RefusedRequestException("`" + name + "` must be " + expectation + ".");
        }
        return type.cast(value);
    }
}
