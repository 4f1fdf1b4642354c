package io.taggateway.access.http;

import io.taggateway.access.cache.RequestKey;
import io.taggateway.access.http.ResponseLookup.Request;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.access.security.CallerResolver;
import io.taggateway.access.server.Admission;
import io.taggateway.access.server.AdmittedRequest;
import io.taggateway.access.server.UndispatchedRequestMeter;
import io.taggateway.tagging.operation.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/**
 * Answers requests that need not be executed before Spring dispatches them, which costs more than all else that is done
 * for them. It makes the checks that the filters and the endpoint make. What does not pass them, or cannot be decided
 * here, is dispatched, so that it is handled and refused in one place.
 */
@Component
public final class RepeatedRequestHandler {

    /** Longer ones than queries have are read when their operations are executed. */
    private static final int MAX_BODY = 64 * 1024;

    private final CallerResolver callers;
    private final Admission admission;
    private final GraphQlRequestReader reader;
    private final ResponseLookup responses;
    private final UndispatchedRequestMeter meter;

    RepeatedRequestHandler(
            CallerResolver callers,
            Admission admission,
            GraphQlRequestReader reader,
            ResponseLookup responses,
            UndispatchedRequestMeter meter) {
        this.callers = callers;
        this.admission = admission;
        this.reader = reader;
        this.responses = responses;
        this.meter = meter;
    }

    /** Whether there is anything to answer with. */
    public boolean isEnabled() {
        return responses.isEnabled();
    }

    /** A handler that answers what it can, and has the other requests dispatched. */
    public HttpHandler before(HttpHandler dispatcher) {
        return (request, response) -> {
            HttpOperationPolicy allowed = policy(request);
            AdmittedRequest admitted = allowed == null ? null : admission.admit(request);
            return allowed == null || admitted == null
                    ? dispatcher.handle(request, response)
                    : handle(admitted, allowed, response, dispatcher).doFinally(signal -> admission.leave());
        };
    }

    private Mono<Void> handle(
            AdmittedRequest request, HttpOperationPolicy allowed, ServerHttpResponse response, HttpHandler dispatcher) {
        long begunAt = System.nanoTime();
        return caller(request)
                .flatMap(caller -> find(request, allowed, caller, response.getHeaders()))
                .doOnCancel(() -> meter.record(request.getMethod(), null, begunAt))
                .map(found -> found.send(response)
                        .doOnSuccess(sent -> meter.record(request.getMethod(), found.status(), begunAt))
                        .onErrorComplete(DisconnectedClientHelper::isClientDisconnectedException))
                .switchIfEmpty(Mono.fromSupplier(() -> dispatcher.handle(request, response)))
                .flatMap(handled -> handled);
    }

    /** What a request may run; null if it has to be dispatched whatever it consists of. */
    private @Nullable HttpOperationPolicy policy(ServerHttpRequest request) {
        if (!isCandidate(request)) {
            return null;
        }
        try {
            HttpOperationPolicy allowed = reader.policy(request);
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
                : request.getMethod().equals(HttpMethod.GET) && !headers.containsHeader(HttpHeaders.UPGRADE);
        return simple
                && request.getPath().pathWithinApplication().value().equals(GraphQlEndpoint.PATH)
                && request.getURI().getRawFragment() == null
                && !headers.containsHeader(HttpHeaders.ORIGIN);
    }

    /** The caller; empty if the request is to be refused. */
    private Mono<Caller> caller(AdmittedRequest request) {
        return request.refusal() == null
                ? callers.resolve(request.getHeaders())
                        .map(CallerAuthentication::getPrincipal)
                        .onErrorComplete()
                : Mono.empty();
    }

    private Mono<WrittenResponse> find(
            AdmittedRequest request, HttpOperationPolicy allowed, Caller caller, HttpHeaders sent) {
        SecurityHeaderFilter.write(request, sent);
        sent.set(RequestIdHeader.NAME, RequestIdHeader.idOf(request.getHeaders()));
        return Mono.defer(() -> reader.content(request))
                .flatMap(bytes -> {
                    request.handOn(Mono.just(bytes));
                    RequestKey key = new RequestKey(caller, allowed, bytes);
                    return responses.find(new Request(key, allowed, request.getHeaders(), sent));
                })
                .onErrorResume(error -> {
                    request.handOn(Mono.error(error));
                    return Mono.empty();
                });
    }
}
