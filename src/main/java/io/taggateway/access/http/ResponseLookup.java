package io.taggateway.access.http;

import io.taggateway.access.cache.CachedResponse;
import io.taggateway.access.cache.RequestKey;
import io.taggateway.access.cache.ResponseCache;
import io.taggateway.access.cache.SharedFlight;
import io.taggateway.access.cache.SharedFlightRegistry;
import io.taggateway.access.quota.CallerQuota;
import io.taggateway.api.error.RequestErrorInterceptor;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.operation.FatalErrorRelay;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds the response to a request that need not be executed, as an equal one has been or is being. Its caller is
 * charged as if it was.
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

    /** Whether there are responses to be found. */
    boolean isEnabled() {
        return kept.isEnabled() || flights.isEnabled();
    }

    /**
     * The response to a request, whose headers are written.
     *
     * @return empty if it has to be executed. That is so, too, if the caller has used up its quota, so that it is
     *     refused as for any request
     */
    Mono<WrittenResponse> find(Request request) {
        CachedResponse response = kept.find(request.key);
        if (response == null) {
            SharedFlight flight = flights.join(request.key);
            return flight == null ? Mono.empty() : join(flight, request);
        }
        return quota.chargeRepeated(request.key.caller(), response.cost(), request.sent)
                ? Mono.just(write(response, request))
                : Mono.empty();
    }

    private Mono<WrittenResponse> join(SharedFlight flight, Request request) {
        if (!quota.chargeRepeated(request.key.caller(), flight.cost(), request.sent)) {
            flight.leave();
            return Mono.empty();
        }
        flights.countJoined();
        return FatalErrorRelay.failing(FatalErrorRelay.catching(flight.response())
                .map(executed -> {
                    CachedResponse response = Objects.requireNonNull(executed.shared());
                    if (!response.content().errors().isEmpty()) {
                        errors.record(
                                response.content().errors(),
                                Tenant.of(request.key.caller().tenant()).name(),
                                String.valueOf(request.sent.getFirst(RequestIdHeader.NAME)));
                    }
                    return write(response, request);
                }));
    }

    private WrittenResponse write(CachedResponse response, Request request) {
        return writer.write(response, request.allowed, request.sent, request.headers);
    }

    /**
     * What is looked for.
     *
     * @param allowed what the request may run
     * @param headers those of the request, which say what the caller has already
     * @param sent those of its response, with the request id. What is found is sent with them
     */
    record Request(RequestKey key, HttpOperationPolicy allowed, HttpHeaders headers, HttpHeaders sent) {}
}
