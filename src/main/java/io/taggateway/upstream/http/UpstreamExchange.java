package io.taggateway.upstream.http;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.operation.FatalErrorRelay;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.upstream.guard.UpstreamGuard;
import io.taggateway.upstream.guard.UpstreamGuard.Attempt;
import io.taggateway.upstream.guard.UpstreamSettings.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One attempt of a request through the pipeline: authorize, send, read and map. */
final class UpstreamExchange<T> {

    private final UpstreamClient client;
    private final UpstreamRequest request;
    private final Function<UpstreamClient.VendorResponse, @Nullable T> mapper;
    private final OperationContext operation;
    private final boolean repeated;
    private final Limits limits;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile long begunAt;
    private volatile long sentAt;
    private volatile boolean queued;
    private volatile boolean responded;

    UpstreamExchange(
            UpstreamClient client,
            UpstreamRequest request,
            Function<UpstreamClient.VendorResponse, @Nullable T> mapper,
            OperationContext operation,
            boolean repeated) {
        this.client = client;
        this.limits = client.target.settings().limits();
        this.request = request;
        this.mapper = mapper;
        this.operation = operation;
        this.repeated = repeated;
    }

    Mono<T> through(UpstreamGuard guard) {
        Attempt<T> attempt = new Attempt<>(Mono.defer(this::run), this::isCausedByVendor, this::vendorTime);
        return guard.attempt(attempt)
                .onErrorMap(
                        SourceException.class,
                        failure -> begunAt == 0
                                ? client.metrics.notSent(request, failure, operation.requestId())
                                : guard.duringCoolDown(failure));
    }

    /** Within the time limit and the remaining time of the operation. */
    private Mono<T> run() {
        Duration limit = operation.deadline().remaining(limits.responseTimeout());
        if (!limit.isPositive()) {
            return Mono.error(SourceException.notSent(client.target.vendor()));
        }
        begunAt = System.nanoTime();
        return client.transport
                .timeLimit()
                .limit(authorize(), limit)
                .onErrorMap(client.errors::decode)
                .map(this::map)
                .onErrorMap(this::failed);
    }

    private Throwable failed(Throwable error) {
        return error instanceof SourceException failure
                ? client.metrics.failed(request, failure, since(begunAt), operation.requestId())
                : error;
    }

    /** A refused token is renewed, and the request sent once more. */
    private Mono<UpstreamResponse> authorize() {
        Credentials credentials = client.target.credentials();
        return credentials
                .header()
                .flatMap(header -> send(header)
                        .onErrorResume(
                                SourceException.class,
                                failure -> failure.reason() == FailureReason.AUTH_FAILED && credentials.renew(header)
                                        ? credentials.header().flatMap(this::send)
                                        : Mono.error(failure)));
    }

    private Mono<UpstreamResponse> send(Credentials.Header header) {
        UpstreamTransport.Request authorized = request.at(client.target.baseUrl(), header);
        return operation.requests().charge(client.target.vendor(), Mono.defer(() -> {
            queued = true;
            sent.set(0);
            return client.transport.send(authorized, this::onSent).flatMap(response -> {
                responded = true;
                return response.is2xx() ? Mono.just(response) : Mono.error(refused(response, authorized.uri()));
            });
        }));
    }

    private SourceException refused(UpstreamResponse response, URI uri) {
        SourceException failure = client.errors.decode(response, uri);
        if (failure.reason() == FailureReason.INVALID_RESPONSE) {
            response.connection().run();
        }
        return failure;
    }

    private void onSent() {
        sentAt = System.nanoTime();
        sent.incrementAndGet();
    }

    /**
     * Closes the connection of an invalid response, as the response may belong to another request, or the connection to
     * another protocol (101).
     */
    private T map(UpstreamResponse response) {
        UpstreamClient.VendorResponse received = new UpstreamClient.VendorResponse(
                response.status(), response.json(), client.clock.instant(), repeated || sent.get() > 1);
        Integer status = received.fields() == null ? null : received.fields().integer("status");
        if (status != null && status >= 400 && status < 600) {
            throw client.errors
                    .decode(status, response.headers())
                    .withDetail("status=" + response.status() + "/" + status);
        }
        T mapped = FatalErrorRelay.call(() -> mapper.apply(received));
        if (mapped == null) {
            response.connection().run();
            throw SourceException.of(client.target.vendor(), FailureReason.INVALID_RESPONSE)
                    .withDetail("status=" + response.status());
        }
        client.metrics.recordResponse(request, since(begunAt));
        return mapped;
    }

    /** A failure for an id, or without the full time limit, does not show that the vendor is down. */
    private boolean isCausedByVendor(SourceException failure) {
        if (failure.reason() == FailureReason.SERVER_ERROR || failure.reason() == FailureReason.INVALID_RESPONSE) {
            return !request.byId();
        }
        if (failure.reason() != FailureReason.TIMEOUT) {
            return true;
        }
        boolean whole = vendorTime().plus(limits.connectTimeout()).compareTo(limits.responseTimeout()) >= 0;
        return responded || (begunAt != 0 && whole);
    }

    /** Without the time that it waited for a connection. */
    private Duration vendorTime() {
        long since = queued ? sentAt : begunAt;
        return since == 0 ? Duration.ZERO : since(since);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
