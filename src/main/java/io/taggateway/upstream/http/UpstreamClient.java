package io.taggateway.upstream.http;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.FatalErrorRelay;
import io.taggateway.tagging.operation.OperationCancellation;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.VendorRequestScope;
import io.taggateway.upstream.guard.RetryPolicy;
import io.taggateway.upstream.guard.UpstreamGuard;
import io.taggateway.upstream.guard.UpstreamSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sends requests to one vendor with one tenant's credentials. Every failure is a {@code SourceException}; within one
 * GraphQL operation a GET is sent once.
 */
public final class UpstreamClient {

    final Target target;
    final UpstreamTransport transport;
    private final UpstreamGuard guard;
    private final RetryPolicy retries;
    final UpstreamMetrics metrics;
    final ErrorDecoder errors;
    final Clock clock;

    UpstreamClient(
            Target target, UpstreamTransport transport, UpstreamGuard guard, UpstreamMetrics metrics, Clock clock) {
        this.target = target;
        this.transport = transport;
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
        return FatalErrorRelay.catching(OperationContext.defer(operation -> {
            operation.cacheHint().useUncached(clock.instant());
            Mono<T> exchange = Mono.defer(() -> {
                AtomicInteger attempts = new AtomicInteger();
                return retries.around(
                        request.isRepeatable(),
                        Mono.defer(() -> new UpstreamExchange<>(
                                        this, request, mapper, operation, attempts.getAndIncrement() > 0)
                                .through(guard)));
            });
            VendorRequestScope requests = operation.requests();
            OperationCancellation cancellation = operation.cancellation();
            return switch (request.purpose()) {
                case READ ->
                    requests.once(
                            new Question(this, request.target(), request.body()), () -> cancellation.bind(exchange));
                case READ_AFRESH, READ_ANEW -> cancellation.bind(exchange);
                case WRITE -> requests.forgetAfter(exchange);
            };
        }));
    }

    private record Question(
            UpstreamClient client,
            String resource,
            @Nullable Object body) {}

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
