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
     * The vendor's 2xx response to a write. Its body may be empty or unreadable.
     *
     * @param refused whether a JSON object says that the write was refused, although the status does not
     */
    public Mono<VendorResponse> send(UpstreamRequest request, Predicate<VendorJson> refused) {
        return exchange(request, response -> {
            VendorJson fields = response.fields();
            if (fields != null && refused.test(fields)) {
                throw SourceException.of(target.vendor(), FailureReason.REJECTED_INPUT)
                        .withDetail("status=" + response.status());
            }
            return response;
        });
    }

    /**
     * The result of a mapper for the vendor's 2xx response, which must be a JSON object.
     *
     * @param mapper the same for all reads of a resource; returns null if the response is not as the vendor documents
     *     it
     */
    public <T> Mono<T> fetch(UpstreamRequest request, BiFunction<VendorJson, Instant, @Nullable T> mapper) {
        return exchange(request, response -> {
            VendorJson fields = response.fields();
            return fields == null ? null : mapper.apply(fields, response.receivedAt());
        });
    }

    private <T> Mono<T> exchange(UpstreamRequest request, Function<VendorResponse, @Nullable T> mapper) {
        return FatalErrorRelay.catching(OperationContext.defer(operation -> {
            operation.cacheHint().useUncached(clock.instant());
            AtomicInteger attempts = new AtomicInteger();
            Mono<T> exchange = retries.around(
                    request.isRepeatable(),
                    Mono.defer(() -> new UpstreamExchange<>(
                                    this, request, mapper, operation, attempts.getAndIncrement() > 0)
                            .through(guard)));
            VendorRequestScope requests = operation.requests();
            OperationCancellation cancellation = operation.cancellation();
            return switch (request.purpose()) {
                case READ ->
                    requests.once(
                            new ReadKey(this, request.target(), request.body()), () -> cancellation.bind(exchange));
                case READ_UNCACHED, READ_ON_NEW_CONNECTION -> cancellation.bind(exchange);
                case WRITE -> requests.invalidateAfter(exchange);
            };
        }));
    }

    private record ReadKey(
            UpstreamClient client,
            String resource,
            @Nullable Object body) {}

    /** The vendor, the credentials and the settings of a client. */
    public record Target(Vendor vendor, String baseUrl, Credentials credentials, UpstreamSettings settings) {}

    /**
     * A vendor's response with a 2xx status.
     *
     * @param fields the JSON object in the body; null if the body is empty or has something else
     * @param receivedAt when the response was complete
     * @param repeated whether the request was sent before, so that the response may show the effect of an earlier one
     */
    public record VendorResponse(int status, @Nullable VendorJson fields, Instant receivedAt, boolean repeated) {}
}
