package io.taggateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import io.taggateway.access.OperationInterceptor.IntrospectionProperties;
import io.taggateway.access.http.RequestErrorHandler;
import io.taggateway.access.http.RequestProperties;
import io.taggateway.access.quota.QuotaFixture;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.TenantRegistry;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.VendorAccount;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorAccount.Connection;
import io.taggateway.tagging.directory.VendorAccount.PortSet;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.Caller;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.RunningOperationRegistry;
import io.taggateway.tagging.paging.CursorCodec;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.VendorProfile;
import io.taggateway.tagging.source.VendorProfile.Origin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlInterceptor.Chain;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.graphql.support.DefaultGraphQlRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.context.Context;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the context and the end of operations, including exceeded deadlines. */
@ExtendWith(OutputCaptureExtension.class)
class OperationInterceptorTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Context CALLER = CallerAuthentication.of(Caller.ANYONE);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final WebGraphQlRequest REQUEST = new WebGraphQlRequest(
            URI.create("/graphql"),
            new HttpHeaders(),
            new LinkedMultiValueMap<>(),
            null,
            Map.of(),
            new DefaultGraphQlRequest("{ vendors { vendor } }"),
            "1",
            Locale.ROOT);

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final RequestProperties properties = new RequestProperties(TIMEOUT, DataSize.ofMegabytes(1));
    private final RunningOperationRegistry running = new RunningOperationRegistry();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final VendorDirectory directory = new VendorDirectory(
            new AccountSet(
                    List.of(new VendorAccount(
                            new VendorProfile(Vendor.SIPSIM, Set.of(), Origin.NONE),
                            new PortSet(null, null, null, List.of(), null),
                            new ClosingConnection())),
                    new CursorCodec(new byte[] {1})),
            new ChangeFeed(1),
            Duration.ofDays(1));
    private final TenantRegistry tenants = new TenantRegistry(tenant -> directory, 1);
    private final OperationInterceptor interceptor =
            new OperationInterceptor(tenants, running, clock, properties, new IntrospectionProperties(true));
    private final WebGraphQlInterceptor timeout = EdgeConfiguration.timeout(
            TIMEOUT, (task, delay) -> Schedulers.parallel().schedule(task, wholeSeconds(delay), TimeUnit.SECONDS));
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /** The limit includes the real time of a subscription, which virtual time does not. */
    private static long wholeSeconds(Duration delay) {
        return Math.ceilDiv(delay.toMillis(), 1000);
    }

    @Test
    void requestEndsExactlyAtItsDeadlineWithoutResponse() {
        StepVerifier.withVirtualTime(() -> timeout.andThen(interceptor)
                        .intercept(REQUEST, silent())
                        .contextWrite(CALLER))
                .expectSubscription()
                .expectNoEvent(TIMEOUT.minus(MOMENT))
                .thenAwait(MOMENT)
                .expectErrorSatisfies(late -> assertThat(late)
                        .isInstanceOfSatisfying(
                                ResponseStatusException.class,
                                status -> assertThat(status.getStatusCode()).isEqualTo(HttpStatus.GATEWAY_TIMEOUT)))
                .verify(Duration.ofSeconds(5));
        assertThat(cancelled).isTrue();
    }

    @Test
    void vendorRequestsEndShortlyBeforeTheDeadline() {
        AtomicReference<Duration> left = new AtomicReference<>(Duration.ZERO);
        Chain chain = request -> Mono.deferContextual(context -> {
            left.set(OperationContext.of(context).deadline().remaining(Duration.ofDays(1)));
            return Mono.empty();
        });
        StepVerifier.create(intercept(chain)).verifyComplete();
        assertThat(left.get()).isBetween(TIMEOUT.dividedBy(2), TIMEOUT.minus(MOMENT));
    }

    @Test
    void operationHasOneContextWithRequestIdAndDirectory() {
        Chain chain = request -> OperationContext.defer(operation -> {
            assertThat(operation.requestId()).isEqualTo(REQUEST.getId());
            assertThat(operation.origin().caller()).isSameAs(Caller.ANYONE);
            assertThat(operation.directory(VendorDirectory.class)).isSameAs(directory);
            assertThat(running.count()).isEqualTo(1);
            return Mono.empty();
        });
        StepVerifier.create(intercept(chain)).verifyComplete();
        assertThat(running.count()).isZero();
    }

    @Test
    void remainingReadsAreCancelledWhenResponseIsComplete() {
        Chain chain = request -> OperationContext.defer(operation -> {
            left(operation);
            return Mono.just(response(ExecutionResult.newExecutionResult()));
        });
        StepVerifier.create(intercept(chain)).expectNextCount(1).verifyComplete();
        assertThat(cancelled).isTrue();
    }

    @Test
    void readsForEventsAreCancelledWhenSubscriptionEnds() {
        Chain chain = request -> OperationContext.defer(operation -> {
            left(operation);
            return Mono.just(response(ExecutionResult.newExecutionResult().data(Flux.never())));
        });
        Disposable listener = intercept(chain)
                .<Object>flatMapMany(response -> Objects.requireNonNull(response.<Publisher<?>>getData()))
                .subscribe();
        assertThat(cancelled).isFalse();
        assertThat(running.count()).isEqualTo(1);
        listener.dispose();
        assertThat(cancelled).isTrue();
        assertThat(running.count()).isZero();
    }

    @Test
    void operationEndsWhenItFailsOrItsCallerDisconnects() {
        intercept(request -> Mono.error(new IllegalArgumentException("down")))
                .onErrorComplete()
                .subscribe();
        assertThat(running.count()).isZero();
        Disposable caller = intercept(silent()).subscribe();
        assertThat(running.count()).isEqualTo(1);
        caller.dispose();
        assertThat(cancelled).isTrue();
        assertThat(running.count()).isZero();
    }

    @Test
    void directoryStaysOpenUntilWriteEndsWhenCallerDisconnects() {
        Sinks.Empty<WebGraphQlResponse> write = Sinks.empty();
        Chain chain = request -> OperationContext.defer(operation -> {
            operation.cancellation().continueAfterCancellation(write.asMono()).subscribe();
            return Mono.never();
        });
        Disposable caller = intercept(chain).subscribe();
        tenants.close();
        caller.dispose();
        assertThat(closed).isFalse();
        assertThat(running.count()).isEqualTo(1);
        write.tryEmitEmpty();
        assertThat(closed).isTrue();
        assertThat(running.count()).isZero();
    }

    @Test
    void returnsGraphQlErrorWhenDeadlineIsExceeded(CapturedOutput log) {
        AtomicReference<Throwable> late = new AtomicReference<>(new AssertionError("Nothing failed"));
        StepVerifier.withVirtualTime(() -> timeout.andThen(interceptor)
                        .intercept(REQUEST, silent())
                        .contextWrite(CALLER))
                .thenAwait(TIMEOUT)
                .expectErrorSatisfies(late::set)
                .verify(Duration.ofSeconds(5));
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/graphql"));
        exchange.getResponse().getHeaders().set("X-Request-Id", "of-this-request");
        StepVerifier.create(new RequestErrorHandler(JsonMapper.shared(), QuotaFixture.unlimitedAddresses())
                        .handle(exchange, late.get()))
                .verifyComplete();
        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.GATEWAY_TIMEOUT);
        assertThat(exchange.getResponse().getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
        JsonNode reply = JsonMapper.shared()
                .readTree(
                        String.valueOf(exchange.getResponse().getBodyAsString().block()));
        assertThat(reply.has("data")).isFalse();
        assertThat(reply.path("errors")).hasSize(1);
        JsonNode error = reply.at("/errors/0");
        assertThat(error.path("message").asString()).isEqualTo("The request exceeded its time limit.");
        assertThat(error.at("/extensions/code").asString()).isEqualTo("GATEWAY_TIMEOUT");
        assertThat(error.at("/extensions/retryable").asBoolean(false)).isTrue();
        String errorId = error.at("/extensions/errorId").asString();
        assertThat(errorId).hasSize(36);
        assertThat(log.getOut()).contains("status=504 errorId=" + errorId + " requestId=of-this-request");
    }

    private Mono<WebGraphQlResponse> intercept(Chain chain) {
        return interceptor.intercept(REQUEST, chain).contextWrite(CALLER);
    }

    private Chain silent() {
        return request -> Mono.<WebGraphQlResponse>never().doOnCancel(() -> cancelled.set(true));
    }

    private void left(OperationContext operation) {
        operation
                .cancellation()
                .bind(Mono.never().doOnCancel(() -> cancelled.set(true)))
                .subscribe();
    }

    private static WebGraphQlResponse response(ExecutionResult.Builder<?> result) {
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(REQUEST.toExecutionInput(), result.build()));
    }

    /** Records whether it is closed. */
    private final class ClosingConnection implements Connection {

        @Override
        public Condition condition() {
            return Connection.NONE.condition();
        }

        @Override
        public long writeVersion() {
            return 0;
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }
}
