package io.taggateway.upstream;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.OperationMemo;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Sends requests to one vendor with one tenant's credentials. Every failure is a {@code SourceException}; within one
 * GraphQL operation a GET is sent once.
 */
public final class UpstreamClient {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamClient.class);
    private static final byte[] NOTHING = new byte[0];

    private final Target target;
    private final WebClient http;
    private final UpstreamHealth health;
    private final ErrorDecoder errors;
    private final Clock clock;

    UpstreamClient(Target target, WebClient http, UpstreamHealth health, Clock clock) {
        this.target = target;
        this.http = http;
        this.health = health;
        this.clock = clock;
        this.errors = new ErrorDecoder(target.vendor(), clock);
    }

    /** The vendor's 2xx answer. */
    public Mono<UpstreamAnswer> send(UpstreamRequest request) {
        return switch (request.purpose()) {
            case READ -> OperationMemo.once(new Question(target, request.target()), () -> exchange(request));
            case READ_AFRESH -> exchange(request);
            case WRITE -> OperationMemo.forgetAfter(exchange(request));
        };
    }

    /**
     * What a mapper makes of the vendor's 2xx answer, which has to be a JSON object.
     *
     * @param mapper answers null where the answer is not what the vendor documents
     */
    public <T> Mono<T> fetch(UpstreamRequest request, BiFunction<Fields, Instant, @Nullable T> mapper) {
        return send(request).flatMap(answer -> {
            Fields fields = answer.fields();
            T mapped = fields == null ? null : mapper.apply(fields, answer.receivedAt());
            return mapped == null ? Mono.error(invalidResponse(request)) : Mono.just(mapped);
        });
    }

    private Mono<UpstreamAnswer> exchange(UpstreamRequest request) {
        return Mono.defer(() -> {
            long start = clock.millis();
            return authorized(request)
                    .timeout(target.limits().responseTimeout())
                    .onErrorMap(errors::decode)
                    .doOnNext(answer -> health.answered(target.tenant(), target.vendor()))
                    .doOnError(
                            SourceException.class,
                            failure -> report(request, failure, Duration.ofMillis(clock.millis() - start)));
        });
    }

    /** A refused token is renewed, and the request sent once more. */
    private Mono<UpstreamAnswer> authorized(UpstreamRequest request) {
        return target.credentials()
                .header()
                .flatMap(header -> attempt(request, header)
                        .onErrorResume(
                                SourceException.class,
                                failure -> failure.reason() == FailureReason.AUTH_FAILED
                                                && target.credentials().renew(header)
                                        ? target.credentials().header().flatMap(renewed -> attempt(request, renewed))
                                        : Mono.error(failure)));
    }

    private Mono<UpstreamAnswer> attempt(UpstreamRequest request, Credentials.Header header) {
        WebClient.RequestBodySpec spec = http.method(request.method())
                .uri(URI.create(target.baseUrl() + request.target()))
                .accept(MediaType.APPLICATION_JSON)
                .header(header.name(), header.value());
        WebClient.RequestHeadersSpec<?> ready = request.body() == null
                ? spec
                : spec.contentType(MediaType.APPLICATION_JSON).bodyValue(request.body());
        return ready.exchangeToMono(this::read);
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

    private SourceException invalidResponse(UpstreamRequest request) {
        SourceException failure = SourceException.of(target.vendor(), FailureReason.INVALID_RESPONSE);
        report(request, failure, Duration.ZERO);
        return failure;
    }

    private void report(UpstreamRequest request, SourceException failure, Duration duration) {
        health.failed(target.tenant(), failure);
        if (failure.reason() != FailureReason.NOT_FOUND) {
            LOG.warn(
                    "Vendor request failed: vendor={} operation={} outcome={} durationMs={} errorId={}",
                    failure.vendor(),
                    request.operation(),
                    failure.reason(),
                    duration.toMillis(),
                    failure.errorId());
        }
    }

    private record Question(Target target, String resource) {}

    /** Whom a client asks, for whom and within what limits. */
    public record Target(
            Vendor vendor, Tenant tenant, String baseUrl, Credentials credentials, UpstreamLimits limits) {}
}
