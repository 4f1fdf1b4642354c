package io.taggateway.access.http;

import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.visibility.BlockedFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.CacheControl;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** An endpoint of the schema in SDL. It supports conditional requests, for tools that poll for changes. */
public final class SchemaEndpoint implements WebHandler {

    public static final String PATH = GraphQlEndpoint.PATH + "/schema";

    /** The path of the schema for tools of clients, many of which recognize SDL by the file extension. */
    public static final String CLIENT_PATH = PATH + ".graphqls";

    /** The directives that concern clients; the others are for routers. */
    private static final Set<String> CLIENT_DIRECTIVES =
            Set.of("deprecated", "specifiedBy", "oneOf", "skip", "include");

    private static final MediaType TYPE = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final List<byte[]> text;
    private final ETag tag;

    private SchemaEndpoint(String sdl) {
        this.text = List.of(sdl.getBytes(StandardCharsets.UTF_8));
        this.tag = WrittenResponse.entityTag(text);
    }

    /** The whole schema. */
    public static SchemaEndpoint whole(GraphQLSchema schema) {
        return new SchemaEndpoint(new SchemaPrinter().print(schema));
    }

    /** The schema without the additions of federation for routers. */
    public static SchemaEndpoint forClients(GraphQLSchema schema) {
        GraphQLCodeRegistry visible = schema.getCodeRegistry()
                .transform(registry -> registry.fieldVisibility(
                        BlockedFields.newBlock().addPattern("Query\\._.*").build()));
        SchemaPrinter.Options options = SchemaPrinter.Options.defaultOptions()
                .includeDirectives(CLIENT_DIRECTIVES::contains)
                .includeSchemaElement(
                        element -> !(element instanceof GraphQLNamedSchemaElement named) || isForClients(named));
        return new SchemaEndpoint(
                new SchemaPrinter(options).print(schema.transformWithoutTypes(copy -> copy.codeRegistry(visible))));
    }

    private static boolean isForClients(GraphQLNamedSchemaElement element) {
        return element instanceof GraphQLDirective directive
                ? CLIENT_DIRECTIVES.contains(directive.getName())
                : !element.getName().startsWith("_") && !element.getName().contains("__");
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        ServerHttpResponse response = exchange.getResponse();
        if (method.equals(HttpMethod.OPTIONS) || !METHODS.contains(method)) {
            response.setStatusCode(METHODS.contains(method) ? HttpStatus.NO_CONTENT : HttpStatus.METHOD_NOT_ALLOWED);
            response.getHeaders().setAllow(METHODS);
            return response.setComplete();
        }
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(TYPE);
        headers.setCacheControl(CacheControl.noCache());
        return WrittenResponse.tagged(tag, headers, text, exchange.getRequest().getHeaders())
                .writeTo(response);
    }

    /**
     * The settings of the schema endpoint.
     *
     * @param enabled whether {@code /graphql/schema} is served
     */
    @ConfigurationProperties(prefix = "gateway.schema", ignoreUnknownFields = false)
    record SchemaProperties(@DefaultValue("true") boolean enabled) {}
}
