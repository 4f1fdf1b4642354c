package io.taggateway.access.security;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** The filter chain of Spring Security. There are no sessions, no login page, and no cookies that CSRF could use. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    ApiKeyRegistry apiKeyRegistry() {
        return new ApiKeyRegistry();
    }

    /** Null, which registers no bean, if the security mode does not include API keys. */
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
     * The filters if callers authenticate. CORS comes first, as preflight requests have no credentials, and as pages
     * must be able to read the reason of a rejection.
     */
    private static List<WebFilter> filters(CallerResolver resolver, @Nullable CorsConfiguration origins) {
        List<WebFilter> filters = new ArrayList<>();
        if (origins != null) {
            filters.add(new CorsWebFilter(
                    exchange -> OpenRequestMatcher.GRAPHQL.equals(OpenRequestMatcher.path(exchange)) ? origins : null));
        }
        filters.add(authentication(resolver, new PathAccess()));
        return filters;
    }

    /** Authenticates and authorizes in one filter, as each filter of Spring Security adds microseconds to a request. */
    private static WebFilter authentication(CallerResolver resolver, PathAccess access) {
        ReactiveAuthenticationManagerResolver<ServerWebExchange> managers = exchange -> Mono.just(
                caller -> access.check(exchange, (CallerAuthentication) caller).cast(Authentication.class));
        AuthenticationWebFilter filter = new AuthenticationWebFilter(managers);
        filter.setRequiresAuthenticationMatcher(new NegatedServerWebExchangeMatcher(new OpenRequestMatcher(resolver)));
        filter.setServerAuthenticationConverter(
                exchange -> resolver.resolve(exchange.getRequest()).cast(Authentication.class));
        filter.setAuthenticationFailureHandler((exchange, rejected) -> Mono.error(rejected));
        return filter;
    }

    /**
     * The server and {@code requestPathFilter} have already rejected the requests that Spring Security's firewall
     * rejects.
     */
    @Bean
    ServerWebExchangeFirewall firewall() {
        return ServerWebExchangeFirewall.INSECURE_NOOP;
    }

    /** Creates no span for each filter, as these would cost more than the filters do. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }
}
