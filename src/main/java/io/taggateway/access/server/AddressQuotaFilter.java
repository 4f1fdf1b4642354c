package io.taggateway.access.server;

import io.taggateway.access.quota.AddressQuota;
import io.taggateway.access.quota.RateLimitExceededException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses requests of an address that sends too many, before the caller is authenticated. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
final class AddressQuotaFilter implements WebFilter {

    private final AddressQuota quota;

    AddressQuotaFilter(AddressQuota quota) {
        this.quota = quota;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (Admission.isOfOperators(exchange)) {
            return chain.filter(exchange);
        }
        RateLimitExceededException refusal = exchange.getRequest() instanceof AdmittedRequest counted
                ? counted.refusal()
                : quota.countRequest(exchange.getRequest().getRemoteAddress());
        if (refusal == null) {
            return chain.filter(exchange);
        }
        exchange.getResponse().getHeaders().putAll(refusal.getHeaders());
        return Mono.error(refusal);
    }
}
