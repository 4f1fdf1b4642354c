package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.TestOperation;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.upstream.http.UpstreamRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests of which requests are retried, when and how often. */
class RetryPolicyTests {

    private static final UpstreamSettings.Retry TWICE = new UpstreamSettings.Retry(true, 2, Duration.ofMillis(100));
    private static final UpstreamRequest READ = UpstreamRequest.get("read", "/tags");

    /** At most a hundred milliseconds before the first retry, and twice that before the second. */
    private static final Duration LONGEST = Duration.ofMillis(300);

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final AtomicInteger sent = new AtomicInteger();

    static Stream<UpstreamRequest> repeatable() {
        return Stream.of(
                READ,
                READ.asOfNow(),
                UpstreamRequest.search("search", "{}", "/contacts/search"),
                UpstreamRequest.write(HttpMethod.PUT, "put", "{}", "/tags"),
                UpstreamRequest.write(HttpMethod.DELETE, "delete", null, "/tags"));
    }

    @ParameterizedTest
    @MethodSource("repeatable")
    void requestThatCanBeRepeatedIsSentTwiceMore(UpstreamRequest request) {
        verifyFailure(new RetryPolicy(TWICE), request, FailureReason.UNAVAILABLE);
        assertThat(sent).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void writeThatCannotBeRepeatedIsSentOnce(String method) {
        UpstreamRequest request = UpstreamRequest.write(HttpMethod.valueOf(method), "write", "{}", "/tags");
        verifyFailure(new RetryPolicy(TWICE), request, FailureReason.UNAVAILABLE);
        assertThat(sent).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNAVAILABLE")
    void requestIsRetriedOnlyWhenTheVendorIsUnavailable(FailureReason reason) {
        verifyFailure(new RetryPolicy(TWICE), READ, reason);
        assertThat(sent).hasValue(1);
    }

    @Test
    void noRetryIsSentWhenRetriesAreDisabled() {
        verifyFailure(
                new RetryPolicy(new UpstreamSettings.Retry(false, 2, Duration.ZERO)), READ, FailureReason.UNAVAILABLE);
        assertThat(sent).hasValue(1);
    }

    @Test
    void responseToTheSecondAttemptIsReturned() {
        Mono<String> request = Mono.defer(
                () -> sent.incrementAndGet() == 1 ? Mono.error(failure(FailureReason.UNAVAILABLE)) : Mono.just("here"));
        StepVerifier.withVirtualTime(() -> new RetryPolicy(TWICE)
                        .around(READ.isRepeatable(), request)
                        .contextWrite(TestOperation.context()))
                .thenAwait(LONGEST)
                .expectNext("here")
                .verifyComplete();
        assertThat(sent).hasValue(2);
    }

    @Test
    void noRetryIsSentAfterTheDeadline() {
        OperationContext late = TestOperation.within(clock, Duration.ZERO);
        clock.advance(Duration.ofSeconds(1));
        verifyFailure(
                response -> response.contextWrite(late::in), new RetryPolicy(TWICE), READ, FailureReason.UNAVAILABLE);
        assertThat(sent).hasValue(1);
    }

    @Test
    void noRetryIsSentWhenTheWaitExceedsTheDeadline() {
        RetryPolicy patient = new RetryPolicy(new UpstreamSettings.Retry(true, 2, Duration.ofDays(10_000)));
        verifyFailure(
                response -> response.contextWrite(TestOperation.within(clock, Duration.ofSeconds(10))::in),
                patient,
                READ,
                FailureReason.UNAVAILABLE);
        assertThat(sent).hasValue(1);
    }

    @Test
    void waitsAreWithinTheirBounds() {
        for (int round = 0; round < 200; round++) {
            verifyFailure(new RetryPolicy(TWICE), READ, FailureReason.UNAVAILABLE);
        }
        assertThat(sent).hasValue(600);
    }

    @Test
    void retriesAreLimitedToAFifthOfTheRequestsPlusTwo() {
        RetryPolicy retries = new RetryPolicy(TWICE);
        for (int request = 0; request < 100; request++) {
            verifyFailure(retries, READ, FailureReason.UNAVAILABLE);
        }
        assertThat(sent.get()).isBetween(120, 122);
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST_LIMIT", "CIRCUIT_OPEN", "OVERLOADED"})
    void unsentRequestDoesNotAddToTheRetryBudget(FailureReason reason) {
        RetryPolicy retries = new RetryPolicy(TWICE);
        for (int request = 0; request < 6; request++) {
            verifyFailure(retries, READ, FailureReason.UNAVAILABLE);
        }
        for (int request = 0; request < 30; request++) {
            verifyFailure(retries, READ, reason);
        }
        sent.set(0);
        verifyFailure(retries, READ, FailureReason.UNAVAILABLE);
        assertThat(sent).hasValue(1);
    }

    private void verifyFailure(RetryPolicy retries, UpstreamRequest request, FailureReason reason) {
        verifyFailure(UnaryOperator.identity(), retries, request, reason);
    }

    private void verifyFailure(
            UnaryOperator<Mono<Object>> caller, RetryPolicy retries, UpstreamRequest request, FailureReason reason) {
        SourceException failure = failure(reason);
        Mono<Object> attempt = Mono.defer(() -> {
            sent.incrementAndGet();
            return Mono.error(failure);
        });
        StepVerifier.withVirtualTime(() -> caller.apply(retries.around(request.isRepeatable(), attempt))
                        .contextWrite(TestOperation.context()))
                .thenAwait(LONGEST)
                .expectErrorMatches(failure::equals)
                .verify(Duration.ofSeconds(5));
    }

    private static SourceException failure(FailureReason reason) {
        return SourceException.of(Vendor.SIPSIM, reason);
    }
}
