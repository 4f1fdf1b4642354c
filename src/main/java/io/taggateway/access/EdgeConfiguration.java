package io.taggateway.access;

import io.taggateway.access.http.CrossSiteRequestCheck;
import io.taggateway.access.http.GraphQlEndpoint;
import io.taggateway.access.http.RequestProperties;
import io.taggateway.access.http.SchemaEndpoint;
import io.taggateway.access.http.UndispatchedRequestHandler;
import io.taggateway.access.quota.CallerQuotaInterceptor;
import io.taggateway.access.security.SecurityProperties;
import io.taggateway.access.streaming.SocketAuthentication;
import io.taggateway.api.error.RequestErrorInterceptor;
import io.taggateway.tagging.operation.TimeLimit;
import io.taggateway.tagging.source.ReplicaConsistency;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.webflux.GraphQlWebSocketHandler;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.server.support.WebSocketUpgradeHandlerPredicate;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * The components that a request passes before a controller, in this order.
 *
 * <ol>
 *   <li>The limits of its connection, and the check for malformed requests: {@code ServerConfiguration}.
 *   <li>{@code UndispatchedRequestHandler}, which handles most GraphQL requests, and makes all following checks for
 *       them.
 *   <li>Spring's observation of the HTTP request ({@code http.server.requests}), in which its trace begins.
 *   <li>The filters: {@code ResponseHeaderFilter}, {@link #requestPathFilter}, {@code Admission}, {@link #hostFilter},
 *       {@code AddressQuotaFilter}, {@link #bodySizeFilter}, and Spring Security's, which authenticates the caller:
 *       {@code SecurityConfiguration}.
 *   <li>The endpoint: {@link #webSocketMapping} for WebSocket handshakes, or else {@link #graphQlEndpointMapping},
 *       which checks the origin first (CORS). {@link #schemaEndpointMapping} and the endpoint of webhooks serve their
 *       own paths.
 *   <li>The interceptors of {@link #webGraphQlHandler}.
 *   <li>{@code OperationInstrumentation}, with Spring's observation of the operation ({@code graphql.request}).
 * </ol>
 *
 * {@code RequestErrorHandler} handles errors on the way to the GraphQL endpoint.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GraphQlCorsProperties.class)
class EdgeConfiguration {

    private static final int ENDPOINT_ORDER = -1;

    private final RequestProperties properties;
    private final SecurityProperties security;
    private final RequestErrorInterceptor errors;
    private final ObjectProvider<ReplicaConsistency> replicas;
    private final ReactorResourceFactory resources;

    EdgeConfiguration(
            RequestProperties properties,
            SecurityProperties security,
            RequestErrorInterceptor errors,
            ObjectProvider<ReplicaConsistency> replicas,
            ReactorResourceFactory resources) {
        this.properties = properties;
        this.security = security;
        this.errors = errors;
        this.replicas = replicas;
        this.resources = resources;
    }

    /** Handles requests before they are dispatched, unless headers of a proxy are applied, which Spring does later. */
    @Bean
    WebHttpHandlerBuilderCustomizer undispatchedRequests(
            UndispatchedRequestHandler requests, ObjectProvider<ForwardedHeaderTransformer> proxies) {
        return server -> {
            if (proxies.stream().findAny().isEmpty()) {
                server.httpHandlerDecorator(requests::before);
            }
        };
    }

    /** Refuses paths that a proxy with rules for paths may interpret differently. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    WebFilter requestPathFilter() {
        return (exchange, chain) -> {
            URI target = exchange.getRequest().getURI();
            if (target.getRawFragment() == null && isPlain(target.getRawPath())) {
                return chain.filter(exchange);
            }
            exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
            return exchange.getResponse().setComplete();
        };
    }

    /** Visible ASCII characters, without percent-encoding, path parameters, backslashes and empty segments. */
    private static boolean isPlain(String path) {
        return !path.contains("//")
                && path.chars().allMatch(each -> each > ' ' && each < 0x7F && "%;\\".indexOf(each) < 0);
    }

    /** Refuses requests to a host name that is not the gateway's, unless callers authenticate. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 4)
    WebFilter hostFilter(CrossSiteRequestCheck check) {
        return (exchange, chain) -> check.isOfOtherHost(exchange.getRequest())
                ? Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN))
                : chain.filter(exchange);
    }

    /**
     * Refuses a body whose {@code Content-Length} is too large. A body without this header is cut off while it is read.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 6)
    WebFilter bodySizeFilter() {
        long maxSize = properties.maxSize().toBytes();
        return (exchange, chain) -> exchange.getRequest().getHeaders().getContentLength() > maxSize
                ? Mono.error(new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE))
                : chain.filter(exchange);
    }

    /** Handles GET requests with an upgrade to a WebSocket. */
    @Bean
    HandlerMapping webSocketMapping(GraphQlWebSocketHandler endpoint) {
        SimpleUrlHandlerMapping mapping =
                new SimpleUrlHandlerMapping(Map.of(GraphQlEndpoint.PATH, endpoint), ENDPOINT_ORDER - 1);
        mapping.setHandlerPredicate(new WebSocketUpgradeHandlerPredicate());
        return mapping;
    }

    @Bean
    HandlerMapping graphQlEndpointMapping(GraphQlEndpoint endpoint, GraphQlCorsProperties properties) {
        SimpleUrlHandlerMapping mapping =
                new SimpleUrlHandlerMapping(Map.of(GraphQlEndpoint.PATH, endpoint), ENDPOINT_ORDER);
        CorsConfiguration cors = properties.toCorsConfiguration();
        if (cors != null) {
            mapping.setCorsConfigurations(Map.of(GraphQlEndpoint.PATH, cors));
        }
        return mapping;
    }

    @Bean
    @ConditionalOnBooleanProperty("gateway.schema.enabled")
    HandlerMapping schemaEndpointMapping(GraphQlSource source) {
        return new SimpleUrlHandlerMapping(
                Map.of(
                        SchemaEndpoint.PATH,
                        SchemaEndpoint.whole(source.schema()),
                        SchemaEndpoint.CLIENT_PATH,
                        SchemaEndpoint.forClients(source.schema())),
                ENDPOINT_ORDER);
    }

    @Bean
    WebGraphQlHandler webGraphQlHandler(
            ExecutionGraphQlService service,
            SocketAuthentication sockets,
            CallerQuotaInterceptor quota,
            OperationInterceptor operation) {
        TimeLimit.Timer timer = TimeLimit.Timer.of(resources.getLoopResources().onClient(LoopResources.DEFAULT_NATIVE));
        List<WebGraphQlInterceptor> interceptors =
                new ArrayList<>(List.of(sockets, errors, timeout(properties.timeout(), timer)));
        if (security.authenticates()) {
            interceptors.add(quota);
        }
        interceptors.add(operation);
        replicas.ifAvailable(shared -> interceptors.add(new ConsistencyInterceptor(shared)));
        return WebGraphQlHandler.builder(service).interceptors(interceptors).build();
    }

    /** Ends operations that exceed a time limit. */
    static WebGraphQlInterceptor timeout(Duration limit, TimeLimit.Timer timer) {
        TimeLimit operations = new TimeLimit(timer, () -> new ResponseStatusException(HttpStatus.GATEWAY_TIMEOUT));
        return (request, chain) -> operations.limit(chain.next(request), limit);
    }
}
