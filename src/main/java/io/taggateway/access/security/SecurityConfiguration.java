package io.taggateway.access.security;

import io.taggateway.tagging.operation.Caller;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.WebFilter;
import reactor.util.context.Context;

/** The filter chain of Spring Security. There are no sessions, no login page, and no cookies that CSRF could use. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Permits everything: each request is one of {@link Caller#ANYONE}. */
    @Bean
    SecurityWebFilterChain openFilterChain() {
        Context anyone = CallerAuthentication.of(Caller.ANYONE);
        WebFilter filter =
                (exchange, chain) -> chain.filter(exchange).contextWrite(context -> context.putAll(anyone.readOnly()));
        return new MatcherSecurityWebFilterChain(ServerWebExchangeMatchers.anyExchange(), List.of(filter));
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
