package io.taggateway.upstream.http;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationCancellation;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.VendorRequestScope;
import io.taggateway.upstream.guard.RetryPolicy;
import io.taggateway.upstream.guard.UpstreamGuard;
import io.taggateway.upstream.guard.UpstreamSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
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

    private final Target target;
    private final WebClient http;
    private final UpstreamGuard guard;
    private final RetryPolicy retries;
    private final UpstreamMetrics metrics;
    private final ErrorDecoder errors;
    private final Clock clock;

    UpstreamClient(Target target, WebClient http, UpstreamGuard guard, UpstreamMetrics metrics, Clock clock) {
        this.target = target;
        this.http = http;
        this.guard = guard;
        this.metrics = metrics;
        this.clock = clock;
        this.errors = new ErrorDecoder(target.vendor(), clock);
        this.retries = new RetryPolicy(target.settings().retry());
    }

    /**
     * The vendor's 2xx answer to a write, which may hold nothing or what cannot be read.
     *
     * @param refused whether a JSON object says that the write was refused, although the status does not
     */
    public Mono<Answer> send(UpstreamRequest request, Predicate<VendorJson> refused) {
        return exchange(request, answer -> {
            VendorJson fields = answer.fields();
            if (fields != null && refused.test(fields)) {
                throw SourceException.of(target.vendor(), FailureReason.REJECTED_INPUT);
            }
            return answer;
        });
    }

    /**
     * What a mapper makes of the vendor's 2xx answer, which has to be a JSON object.
     *
     * @param mapper the same for all reads of a resource; answers null where the answer is not what the vendor
     *     documents
     */
    public <T> Mono<T> fetch(UpstreamRequest request, BiFunction<VendorJson, Instant, @Nullable T> mapper) {
        return exchange(request, answer -> {
            VendorJson fields = answer.fields();
            return fields == null ? null : mapper.apply(fields, answer.receivedAt());
        });
    }

    private <T> Mono<T> exchange(UpstreamRequest request, Function<Answer, @Nullable T> mapper) {
        return OperationContext.defer(operation -> {
            operation.cacheHint().useUncached(clock.instant());
            Mono<T> exchange = Mono.defer(() -> new Exchange<>(request, mapper, operation).run());
            VendorRequestScope requests = operation.requests();
            OperationCancellation cancellation = operation.cancellation();
            return switch (request.purpose()) {
                case READ -> requests.once(new Question(this, request.target()), () -> cancellation.bind(exchange));
                case READ_AFRESH -> cancellation.bind(exchange);
                case WRITE -> cancellation.outlast(requests.forgetAfter(exchange));
            };
        });
    }

    /** One request on its way through the pipeline: prepare, authorize, send, read, map, judge and retry. */
    private final class Exchange<T> {

        private final UpstreamRequest request;
        private final Function<Answer, @Nullable T> mapper;
        private final OperationContext operation;
        private int attempts;

        Exchange(UpstreamRequest request, Function<Answer, @Nullable T> mapper, OperationContext operation) {
            this.request = request;
            this.mapper = mapper;
            this.operation = operation;
        }

        /** The guard judges each attempt, by its only outcome. */
        Mono<T> run() {
            return retries.around(request.isRepeatable(), guard.attempt(Mono.defer(this::attempt)));
        }

        /** One attempt, within its time limit and what is left of the operation's. */
        private Mono<T> attempt() {
            attempts++;
            Duration limit =
                    operation.deadline().remaining(target.settings().limits().responseTimeout());
            if (!limit.isPositive()) {
                return Mono.error(SourceException.of(target.vendor(), FailureReason.TIMEOUT));
            }
            WebClient.RequestHeadersSpec<?> prepared = prepare();
            long start = System.nanoTime();
            return authorize(header -> send(prepared, header))
                    .timeout(limit)
                    .onErrorMap(errors::decode)
                    .flatMap(this::map)
                    .doOnNext(mapped -> metrics.answered(request, since(start)))
                    .doOnError(
                            SourceException.class,
                            failure -> metrics.failed(request, failure, since(start), operation.requestId()));
        }

        private WebClient.RequestHeadersSpec<?> prepare() {
            WebClient.RequestBodySpec spec = http.method(request.method())
                    .uri(URI.create(target.baseUrl() + request.target()))
                    .accept(MediaType.APPLICATION_JSON);
            return request.body() == null
                    ? spec
                    : spec.contentType(MediaType.APPLICATION_JSON).bodyValue(request.body());
        }

        /** A refused token is renewed, and the request sent once more. */
        private Mono<Answer> authorize(Function<Credentials.Header, Mono<Answer>> sending) {
            Credentials credentials = target.credentials();
            return credentials
                    .header()
                    .flatMap(header -> sending.apply(header)
                            .onErrorResume(
                                    SourceException.class,
                                    failure ->
                                            failure.reason() == FailureReason.AUTH_FAILED && credentials.renew(header)
                                                    ? credentials.header().flatMap(sending)
                                                    : Mono.error(failure)));
        }

        private Mono<Answer> send(WebClient.RequestHeadersSpec<?> prepared, Credentials.Header header) {
            return operation
                    .requests()
                    .charge(
                            target.vendor(),
                            Mono.defer(() -> prepared.headers(headers -> headers.set(header.name(), header.value()))
                                    .exchangeToMono(this::read)));
        }

        private Mono<Answer> read(ClientResponse response) {
            if (!response.statusCode().is2xxSuccessful()) {
                SourceException failure =
                        errors.decode(response.statusCode(), response.headers().asHttpHeaders());
                return response.releaseBody().onErrorComplete().then(Mono.error(failure));
            }
            int status = response.statusCode().value();
            return response.bodyToMono(byte[].class)
                    .defaultIfEmpty(new byte[0])
                    .map(body -> new Answer(status, VendorJson.parse(body), clock.instant(), attempts > 1));
        }

        private Mono<T> map(Answer answer) {
            T mapped = mapper.apply(answer);
            return mapped == null
                    ? Mono.error(SourceException.of(target.vendor(), FailureReason.INVALID_RESPONSE))
                    : Mono.just(mapped);
        }

        private static Duration since(long start) {
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private record Question(UpstreamClient client, String resource) {}

    /** Whom a client asks, for whom and how. */
    public record Target(Vendor vendor, String baseUrl, Credentials credentials, UpstreamSettings settings) {}

    /**
     * A vendor's answer of a 2xx status.
     *
     * @param fields the JSON object in the body; null where it holds something else or nothing
     * @param receivedAt when the answer had come in
     * @param repeated whether the request had been sent before, so that the answer may tell of what that one did
     */
    public record Answer(int status, @Nullable VendorJson fields, Instant receivedAt, boolean repeated) {}
}
