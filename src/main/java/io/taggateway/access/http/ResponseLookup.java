package io.taggateway.access.http;

import io.taggateway.access.cache.CachedResponse;
import io.taggateway.access.cache.RequestKey;
import io.taggateway.access.cache.ResponseCache;
import io.taggateway.access.cache.SharedFlight;
import io.taggateway.access.cache.SharedFlightRegistry;
import io.taggateway.access.http.GraphQlEndpoint.Exchange;
import io.taggateway.access.quota.CallerQuota;
import io.taggateway.api.error.RequestErrorInterceptor;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds the response to a request without executing it, if an equal request was executed or is being executed. The
 * caller is charged as for an execution.
 */
@Component
final class ResponseLookup {

    private final ResponseCache kept;
    private final SharedFlightRegistry flights;
    private final CallerQuota quota;
    private final ResponseWriter writer;
    private final RequestErrorInterceptor errors;

    ResponseLookup(
            ResponseCache kept,
            SharedFlightRegistry flights,
            CallerQuota quota,
            ResponseWriter writer,
            RequestErrorInterceptor errors) {
        this.kept = kept;
        this.flights = flights;
        this.quota = quota;
        this.writer = writer;
        this.errors = errors;
    }

    /** Whether responses are cached or shared. */
    boolean isEnabled() {
        return kept.isEnabled() || flights.isEnabled();
    }

    /**
     * Returns the cached response to an equal request, with its headers.
     *
     * @return null if there is none, or if the caller's quota is exhausted, so that the request is rejected like any
     *     other
     */
    @Nullable
    WrittenResponse findCached(RequestKey key, Exchange exchange) {
        CachedResponse response = kept.find(key);
        if (response == null
                || !quota.chargeRepeated(
                        key.caller(), response.cost(), exchange.response().getHeaders())) {
            return null;
        }
        return writer.write(response, exchange);
    }

    /** Returns the response of an equal request in progress; null in the same cases as {@link #findCached}. */
    @Nullable
    Mono<WrittenResponse> join(RequestKey key, Exchange exchange) {
        SharedFlight flight = flights.join(key);
        HttpHeaders sent = exchange.response().getHeaders();
        if (flight == null) {
            return null;
        }
        if (!quota.chargeRepeated(key.caller(), flight.cost(), sent)) {
            flight.leave();
            return null;
        }
        flights.countJoined();
        return FatalErrorRelay.failing(FatalErrorRelay.catching(flight.response())
                .map(executed -> {
                    CachedResponse response = Objects.requireNonNull(executed.shared());
                    if (!response.content().errors().isEmpty()) {
                        errors.record(
                                response.content().errors(),
                                Tenant.of(key.caller().tenant()).name(),
                                String.valueOf(sent.getFirst(ResponseHeaderFilter.REQUEST_ID)));
                    }
                    return writer.write(response, exchange);
                }));
    }
}
