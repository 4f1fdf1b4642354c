package io.taggateway.access.http;

import io.taggateway.access.http.GraphQlEndpoint.Exchange;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.access.security.CallerResolver;
import io.taggateway.access.server.Admission;
import io.taggateway.access.server.AdmittedRequest;
import io.taggateway.access.server.UndispatchedRequestMeter;
import io.taggateway.access.server.UndispatchedRequestMeter.Measurement;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Handles requests to the GraphQL endpoint before Spring dispatches them, as the dispatch costs about as much as the
 * execution of a small operation. It makes the checks that the filters make. A request that does not pass them, or that
 * cannot be handled here, is dispatched, so that it is refused in one place.
 */
@Component
public final class UndispatchedRequestHandler {

    /** Requests with longer bodies than queries have are dispatched before they are read. */
    private static final int MAX_BODY = 64 * 1024;

    private final CallerResolver callers;
    private final Admission admission;
    private final GraphQlEndpoint endpoint;
    private final RequestErrorHandler errors;
    private final UndispatchedRequestMeter meter;

    UndispatchedRequestHandler(
            CallerResolver callers,
            Admission admission,
            GraphQlEndpoint endpoint,
            RequestErrorHandler errors,
            UndispatchedRequestMeter meter) {
        this.callers = callers;
        this.admission = admission;
        this.endpoint = endpoint;
        this.errors = errors;
        this.meter = meter;
    }

    /** Creates a handler that dispatches the requests that it cannot handle. */
    public HttpHandler before(HttpHandler dispatcher) {
        return (request, response) -> {
            HttpOperationPolicy allowed = policy(request);
            AdmittedRequest admitted = allowed == null ? null : admission.admit(request);
            return allowed == null || admitted == null
                    ? dispatcher.handle(request, response)
                    : handle(admitted, allowed, response, dispatcher).doFinally(signal -> admission.leave());
        };
    }

    /** An error before the execution of the request is passed on, so that the dispatch refuses the request. */
    private Mono<Void> handle(
            AdmittedRequest request, HttpOperationPolicy allowed, ServerHttpResponse response, HttpHandler dispatcher) {
        if (request.refusal() != null) {
            return dispatcher.handle(request, response);
        }
        return callers.resolve(request)
                .flatMap(caller -> endpoint.content(request)
                        .map(bytes -> respond(new Exchange(request, response, allowed), caller, bytes)))
                .onErrorResume(error -> {
                    request.passOn(Mono.error(error));
                    return Mono.fromSupplier(() -> dispatcher.handle(request, response));
                })
                .flatMap(handled -> handled);
    }

    /** The operations that a request may execute; null if it must be dispatched regardless of its content. */
    private @Nullable HttpOperationPolicy policy(ServerHttpRequest request) {
        if (!isCandidate(request)) {
            return null;
        }
        try {
            HttpOperationPolicy allowed = endpoint.policy(request);
            return allowed.isStream() ? null : allowed;
        } catch (RuntimeException refused) {
            return null;
        }
    }

    /** Requests of pages have an origin, for which CORS writes headers. */
    private static boolean isCandidate(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        boolean simple = request.getMethod().equals(HttpMethod.POST)
                ? headers.getContentLength() > 0
                        && headers.getContentLength() <= MAX_BODY
                        && !headers.containsHeader(HttpHeaders.CONTENT_ENCODING)
                : request.getMethod().equals(HttpMethod.GET)
                        && headers.getContentLength() <= 0
                        && !headers.containsHeader(HttpHeaders.UPGRADE);
        return simple
                && GraphQlEndpoint.PATH.equals(request.getURI().getRawPath())
                && request.getURI().getRawFragment() == null
                && !headers.containsHeader(HttpHeaders.ORIGIN);
    }

    private Mono<Void> respond(Exchange exchange, CallerAuthentication caller, byte[] bytes) {
        ServerHttpRequest request = exchange.request();
        ServerHttpResponse response = exchange.response();
        ResponseHeaderFilter.write(request, response.getHeaders());
        Measurement measurement = meter.begin(request, response);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        return Mono.defer(() -> endpoint.respond(exchange, caller.getPrincipal(), bytes))
                .onErrorResume(error -> {
                    failure.set(error);
                    return errors.respond(request, response, error)
                            .onErrorComplete(DisconnectedClientHelper::isClientDisconnectedException);
                })
                .doFinally(end ->
                        measurement.end(end == SignalType.CANCEL ? null : response.getStatusCode(), failure.get()))
                .contextWrite(context ->
                        measurement.in(context).putAll(caller.context().readOnly()));
    }
}
