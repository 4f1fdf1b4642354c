package io.taggateway.upstream.http;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.upstream.guard.Retries;
import io.taggateway.upstream.guard.UpstreamGuard;
import io.taggateway.upstream.guard.UpstreamSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Sends requests to one vendor with one tenant's credentials. Every failure is a {@code SourceException}; within one
 * GraphQL operation a GET is sent once.
 */
public final class UpstreamClient {

    private static final byte[] NOTHING = new byte[0];

    private final Target target;
    private final WebClient http;
    private final UpstreamGuard guard;
    private final Retries retries;
    private final UpstreamRecord log;
    private final ErrorDecoder errors;
    private final Clock clock;

    UpstreamClient(Target target, WebClient http, UpstreamGuard guard, UpstreamRecord log, Clock clock) {
        this.target = target;
        this.http = http;
        this.guard = guard;
        this.log = log;
        this.clock = clock;
        this.errors = new ErrorDecoder(target.vendor(), clock);
        this.retries = new Retries(target.settings().retry());
    }

    /** The vendor's 2xx answer. */
    public Mono<UpstreamAnswer> send(UpstreamRequest request) {
        return OperationContext.defer(operation -> {
            operation.cacheHint().useUncached(clock.instant());
            Mono<UpstreamAnswer> exchange = exchange(request);
            return switch (request.purpose()) {
                case READ ->
                    operation
                            .requests()
                            .once(
                                    new Question(target, request.target()),
                                    () -> operation.cancellation().bind(exchange));
                case READ_AFRESH -> operation.cancellation().bind(exchange);
                case WRITE ->
                    operation.requests().forgetAfter(exchange).contextWrite(operation.withoutCancellation()::in);
            };
        });
    }

    /**
     * What a mapper makes of the vendor's 2xx answer, which has to be a JSON object.
     *
     * @param mapper answers null where the answer is not what the vendor documents
     */
    public <T> Mono<T> fetch(UpstreamRequest request, BiFunction<VendorJson, Instant, @Nullable T> mapper) {
        return send(request).flatMap(answer -> {
            VendorJson fields = answer.fields();
            T mapped = fields == null ? null : mapper.apply(fields, answer.receivedAt());
            return mapped == null ? misunderstood(request) : Mono.just(mapped);
        });
    }

    private <T> Mono<T> misunderstood(UpstreamRequest request) {
        return OperationContext.defer(operation -> {
            SourceException failure = SourceException.of(target.vendor(), FailureReason.INVALID_RESPONSE);
            guard.misunderstood();
            log.failed(request, failure, Duration.ZERO, operation.requestId());
            return Mono.error(failure);
        });
    }

    private Mono<UpstreamAnswer> exchange(UpstreamRequest request) {
        return Mono.defer(() -> {
            AtomicInteger attempts = new AtomicInteger();
            Mono<UpstreamAnswer> attempt =
                    guard.attempt(sent(request)).doOnSubscribe(sent -> attempts.incrementAndGet());
            return retries.around(request.isRepeatable(), attempt)
                    .map(answer -> attempts.get() > 1 ? answer.asRepeated() : answer);
        });
    }

    /** One request on its way, within its time limit and what is left of the operation's. */
    private Mono<UpstreamAnswer> sent(UpstreamRequest request) {
        return OperationContext.defer(operation -> {
            Duration limit =
                    operation.deadline().remaining(target.settings().limits().responseTimeout());
            if (limit.isNegative() || limit.isZero()) {
                return Mono.error(SourceException.of(target.vendor(), FailureReason.TIMEOUT));
            }
            long start = System.nanoTime();
            return authorized(request, operation)
                    .timeout(limit)
                    .flatMap(answer -> understood(request, answer))
                    .onErrorMap(errors::decode)
                    .doOnNext(answer -> log.answered(request, since(start)))
                    .doOnError(
                            SourceException.class,
                            failure -> log.failed(request, failure, since(start), operation.requestId()));
        });
    }

    /** A read is answered with a JSON object by both vendors; a write may be answered with nothing. */
    private Mono<UpstreamAnswer> understood(UpstreamRequest request, UpstreamAnswer answer) {
        return request.purpose() == UpstreamRequest.Purpose.WRITE || answer.fields() != null
                ? Mono.just(answer)
                : Mono.error(SourceException.of(target.vendor(), FailureReason.INVALID_RESPONSE));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** A refused token is renewed, and the request sent once more. */
    private Mono<UpstreamAnswer> authorized(UpstreamRequest request, OperationContext operation) {
        return target.credentials()
                .header()
                .flatMap(header -> attempt(request, header, operation)
                        .onErrorResume(
                                SourceException.class,
                                failure -> failure.reason() == FailureReason.AUTH_FAILED
                                                && target.credentials().renew(header)
                                        ? target.credentials()
                                                .header()
                                                .flatMap(renewed -> attempt(request, renewed, operation))
                                        : Mono.error(failure)));
    }

    private Mono<UpstreamAnswer> attempt(
            UpstreamRequest request, Credentials.Header header, OperationContext operation) {
        WebClient.RequestBodySpec spec = http.method(request.method())
                .uri(URI.create(target.baseUrl() + request.target()))
                .accept(MediaType.APPLICATION_JSON)
                .header(header.name(), header.value());
        WebClient.RequestHeadersSpec<?> ready = request.body() == null
                ? spec
                : spec.contentType(MediaType.APPLICATION_JSON).bodyValue(request.body());
        return operation.requests().charge(target.vendor(), ready.exchangeToMono(this::read));
    }

    private Mono<UpstreamAnswer> read(ClientResponse response) {
        if (!response.statusCode().is2xxSuccessful()) {
            SourceException failure =
                    errors.decode(response.statusCode(), response.headers().asHttpHeaders());
            return response.releaseBody().onErrorComplete().then(Mono.error(failure));
        }
        int status = response.statusCode().value();
        return response.bodyToMono(byte[].class)
                .defaultIfEmpty(NOTHING)
                .map(body -> new UpstreamAnswer(status, body, clock.instant()));
    }

    private record Question(Target target, String resource) {}

    /** Whom a client asks, for whom and how. */
    public record Target(Vendor vendor, String baseUrl, Credentials credentials, UpstreamSettings settings) {}
}
