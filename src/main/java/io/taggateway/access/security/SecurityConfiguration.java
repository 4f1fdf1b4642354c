package io.taggateway.access.security;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.security.web.server.authorization.DelegatingReactiveAuthorizationManager;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcherEntry;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** The filter chain of Spring Security. There are no sessions, no login page, and no cookies that CSRF could use. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final Mono<AuthorizationResult> GRANTED = Mono.just(new AuthorizationDecision(true));

    @Bean
    ApiKeyRegistry apiKeyRegistry() {
        return new ApiKeyRegistry();
    }

    /** Null, which is no bean, where callers have no API keys. */
    @Bean
    @Nullable
    ApiKeyLoader apiKeyLoader(SecurityProperties properties, ApiKeyRegistry registry) {
        return properties.modes().contains(SecurityMode.API_KEY) ? new ApiKeyLoader(properties, registry) : null;
    }

    @Bean
    SecurityWebFilterChain securityFilterChain(
            SecurityProperties properties, CallerResolver resolver, GraphQlCorsProperties cors) {
        return new MatcherSecurityWebFilterChain(
                ServerWebExchangeMatchers.anyExchange(),
                properties.authenticates() ? filters(resolver, cors.toCorsConfiguration()) : List.of(anyone()));
    }

    private static WebFilter anyone() {
        return (exchange, chain) -> chain.filter(exchange)
                .contextWrite(context ->
                        context.putAll(CallerResolver.ANYONE.context().readOnly()));
    }

    /**
     * The filters where callers authenticate. CORS is before that: preflight requests have no credentials, and pages
     * may read why they are refused.
     */
    private static List<WebFilter> filters(CallerResolver resolver, @Nullable CorsConfiguration origins) {
        List<WebFilter> filters = new ArrayList<>();
        if (origins != null) {
            filters.add(new CorsWebFilter(
                    exchange -> OpenRequestMatcher.GRAPHQL.equals(OpenRequestMatcher.path(exchange)) ? origins : null));
        }
        ServerWebExchangeMatcher open = new OpenRequestMatcher(resolver);
        filters.add(authentication(resolver, open));
        filters.add(authorization(open));
        return filters;
    }

    private static WebFilter authentication(CallerResolver resolver, ServerWebExchangeMatcher open) {
        ReactiveAuthenticationManager resolved = Mono::just;
        AuthenticationWebFilter filter = new AuthenticationWebFilter(resolved);
        filter.setRequiresAuthenticationMatcher(new NegatedServerWebExchangeMatcher(open));
        filter.setServerAuthenticationConverter(
                exchange -> resolver.resolve(exchange.getRequest().getHeaders()).cast(Authentication.class));
        filter.setAuthenticationFailureHandler((exchange, rejected) -> Mono.error(rejected));
        return filter;
    }

    private static WebFilter authorization(ServerWebExchangeMatcher open) {
        return new AuthorizationWebFilter(DelegatingReactiveAuthorizationManager.builder()
                .add(entry(open, (caller, request) -> GRANTED))
                .add(entry(path(OpenRequestMatcher.GRAPHQL), (caller, request) -> GRANTED))
                .add(entry(path("/graphql/schema"), scope("schema.read")))
                .add(entry(EndpointRequest.toAnyEndpoint(), scope("admin")))
                .add(entry(ServerWebExchangeMatchers.anyExchange(), (caller, request) -> GRANTED))
                .build());
    }

    private static ServerWebExchangeMatcher path(String path) {
        return exchange ->
                path.equals(OpenRequestMatcher.path(exchange)) ? MatchResult.match() : MatchResult.notMatch();
    }

    private static ServerWebExchangeMatcherEntry<ReactiveAuthorizationManager<AuthorizationContext>> entry(
            ServerWebExchangeMatcher matcher, ReactiveAuthorizationManager<AuthorizationContext> manager) {
        return new ServerWebExchangeMatcherEntry<>(matcher, manager);
    }

    private static ReactiveAuthorizationManager<AuthorizationContext> scope(String scope) {
        return (caller, request) -> CallerAuthentication.current()
                .flatMap(known -> known.scopes().contains(scope)
                        ? GRANTED
                        : Mono.error(
                                () -> CallerRejectedException.forbidden("The scope `" + scope + "` is required.")));
    }

    /** The server and {@code requestPathFilter} refuse what Spring Security's firewall would, before any filter. */
    @Bean
    ServerWebExchangeFirewall firewall() {
        return ServerWebExchangeFirewall.INSECURE_NOOP;
    }

    /** Without spans for each filter, which would cost each request more than the filters do. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }
}
