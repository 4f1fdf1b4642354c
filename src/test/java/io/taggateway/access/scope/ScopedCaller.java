package io.taggateway.access.scope;

import graphql.ExecutionResult;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.tagging.operation.Caller;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller with scopes, whose operations are executed without a transport. */
record ScopedCaller(WebGraphQlHandler handler, Set<String> scopes) {

    /** The same with all scopes except some. */
    ScopedCaller without(String... missing) {
        Set<String> left = new TreeSet<>(Caller.ALL_SCOPES);
        Arrays.asList(missing).forEach(left::remove);
        return with(left);
    }

    /** The same with these scopes only. */
    ScopedCaller with(Set<String> others) {
        return new ScopedCaller(handler, others);
    }

    JsonNode execute(String document) {
        return execute(document, Map.of());
    }

    JsonNode execute(String document, Map<String, Object> variables) {
        return JsonMapper.shared()
                .valueToTree(answer(document, variables).getExecutionResult().toSpecification());
    }

    /** The events of a subscription that is executed. */
    Flux<JsonNode> events(String document) {
        WebGraphQlResponse response = answer(document, Map.of());
        return Flux.from(Objects.requireNonNull(response.<Flux<ExecutionResult>>getData()))
                .map(event -> JsonMapper.shared().<JsonNode>valueToTree(event.toSpecification()))
                .contextWrite(context());
    }

    WebGraphQlResponse answer(String document, Map<String, Object> variables) {
        Map<String, @Nullable Object> values = new HashMap<>();
        variables.forEach(values::put);
        WebGraphQlRequest request = new WebGraphQlRequest(
                URI.create("/graphql"),
                new HttpHeaders(),
                new LinkedMultiValueMap<>(),
                null,
                Map.of(),
                new DefaultGraphQlRequest(document, null, values, Map.of()),
                "test",
                Locale.ROOT);
        return Objects.requireNonNull(
                handler.handleRequest(request).contextWrite(context()).block());
    }

    private Context context() {
        return CallerAuthentication.of(new Caller("scoped", null, scopes, null));
    }
}
