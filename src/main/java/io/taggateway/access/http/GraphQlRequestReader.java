package io.taggateway.access.http;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.support.SerializableGraphQlRequest;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what GraphQL is asked out of the body of a POST or the query string of a GET, and says what is wrong with it.
 */
@Component
class GraphQlRequestReader {

    private static final String QUERY = "query";
    private static final String OPERATION_NAME = "operationName";
    private static final String VARIABLES = "variables";
    private static final String EXTENSIONS = "extensions";

    private final JsonMapper json;

    GraphQlRequestReader(JsonMapper json) {
        this.json = json;
    }

    Mono<SerializableGraphQlRequest> read(ServerRequest request) {
        return request.method().equals(HttpMethod.POST)
                ? body(request).map(this::checked)
                : Mono.fromSupplier(() -> checked(parameters(request.queryParams())));
    }

    private static Mono<JsonNode> body(ServerRequest request) {
        if (!MediaType.APPLICATION_JSON.equalsTypeAndSubtype(contentType(request))) {
            return Mono.error(
                    new UnsupportedMediaTypeStatusException(contentType(request), List.of(MediaType.APPLICATION_JSON)));
        }
        return request.bodyToMono(JsonNode.class)
                .switchIfEmpty(Mono.error(() -> new RefusedRequestException("The body is empty.")));
    }

    private static @Nullable MediaType contentType(ServerRequest request) {
        try {
            return request.headers().contentType().orElse(null);
        } catch (InvalidMediaTypeException e) {
            throw new UnsupportedMediaTypeStatusException("Content-Type cannot be read");
        }
    }

    private JsonNode parameters(MultiValueMap<String, String> parameters) {
        ObjectNode node = json.createObjectNode();
        for (String name : List.of(QUERY, OPERATION_NAME, VARIABLES, EXTENSIONS)) {
            List<String> values = parameters.getOrDefault(name, List.of());
            if (values.size() > 1) {
                throw new RefusedRequestException("The parameter `" + name + "` is there more than once.");
            }
            String value = values.isEmpty() ? null : values.getFirst();
            if (StringUtils.hasText(value)) {
                boolean text = name.equals(QUERY) || name.equals(OPERATION_NAME);
                node.set(name, text ? node.stringNode(value) : parsed(name, value));
            }
        }
        return node;
    }

    private JsonNode parsed(String name, String value) {
        try {
            return json.readTree(value);
        } catch (JacksonException e) {
            throw new RefusedRequestException("The parameter `" + name + "` is no JSON.");
        }
    }

    private SerializableGraphQlRequest checked(JsonNode node) {
        if (node.isArray()) {
            throw new RefusedRequestException("Several operations in one request are not supported: send one object.");
        }
        if (!node.isObject()) {
            throw new RefusedRequestException("The body must be a JSON object with a `query`.");
        }
        ObjectNode request = json.createObjectNode();
        copy(node, request, QUERY, JsonNode::isString, "a string");
        copy(node, request, OPERATION_NAME, JsonNode::isString, "a string");
        copy(node, request, VARIABLES, JsonNode::isObject, "an object");
        copy(node, request, EXTENSIONS, JsonNode::isObject, "an object");
        if (!request.has(QUERY)
                && !request.path(EXTENSIONS).path("persistedQuery").isObject()) {
            throw new RefusedRequestException("`query` is missing.");
        }
        return json.treeToValue(request, SerializableGraphQlRequest.class);
    }

    private static void copy(
            JsonNode from, ObjectNode to, String name, Predicate<JsonNode> expected, String expectation) {
        JsonNode value = from.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (!expected.test(value)) {
            throw new RefusedRequestException("`" + name + "` must be " + expectation + ".");
        }
        to.set(name, value);
    }
}
