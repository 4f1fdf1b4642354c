package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.TenantLabel;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorState.CircuitState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.upstream.guard.UpstreamGuard.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests of circuits, cool-downs and limits before a vendor. */
class UpstreamGuardTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration OPEN_FOR = Duration.ofSeconds(5);
    private static final UpstreamSettings.Circuit CIRCUIT =
            new UpstreamSettings.Circuit(true, 20, 5, 50, 80, Duration.ofSeconds(2), OPEN_FOR);

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final AtomicInteger sent = new AtomicInteger();
    private final UpstreamGuard guard = guard(CIRCUIT, 8, 0);

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "SERVER_ERROR", "TIMEOUT", "INVALID_RESPONSE"})
    void circuitOpensAfterFiveFailures(FailureReason reason) {
        fail(4, reason);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.CLOSED);
        fail(1, reason);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(guard.condition().status()).isEqualTo(VendorStatus.DOWN);
        assertThat(sent).hasValue(5);
        clock.advance(Duration.ofSeconds(2));
        assertFails(answering(), failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.CIRCUIT_OPEN);
            assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        });
        assertThat(sent).hasValue(5);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTH_FAILED", "FORBIDDEN", "REJECTED_INPUT", "CONFLICT", "NOT_FOUND"})
    void refusalsDoNotOpenTheCircuit(FailureReason reason) {
        fail(30, reason);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(sent).hasValue(30);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, DOWN",
        "SERVER_ERROR, DOWN",
        "TIMEOUT, DOWN",
        "AUTH_FAILED, DOWN",
        "INVALID_RESPONSE, DOWN",
        "RATE_LIMITED, DEGRADED",
        "FORBIDDEN, DEGRADED",
        "REJECTED_INPUT, UP",
        "CONFLICT, UP",
        "NOT_FOUND, UP"
    })
    void statusIsThatOfTheLastResponse(FailureReason reason, VendorStatus status) {
        assertThat(guard.condition().status()).isEqualTo(VendorStatus.UP);
        fail(1, reason);
        assertThat(guard.condition().status()).isEqualTo(status);
        clock.advance(SECOND);
        answer(1);
        assertThat(guard.condition().status()).isEqualTo(VendorStatus.UP);
    }

    @Test
    void circuitStaysClosedWhenFewerThanHalfOfTheRequestsFail() {
        for (int i = 0; i < 20; i++) {
            answer(2);
            fail(1, FailureReason.UNAVAILABLE);
        }
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void circuitOpensWhenResponsesAreSlow() {
        for (int i = 0; i < 5; i++) {
            answerAfter(Duration.ofMillis(2_001));
        }
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void circuitStaysClosedBelowTheSlowLimit() {
        for (int i = 0; i < 20; i++) {
            answerAfter(Duration.ofMillis(1_999));
        }
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void circuitClosesAfterThreeSuccessfulTrials() {
        fail(5, FailureReason.UNAVAILABLE);
        clock.advance(OPEN_FOR.plusMillis(1));
        List<Disposable> probes = List.of(hang(), hang(), hang());
        assertThat(sent).hasValue(8);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.HALF_OPEN);
        assertFails(answering(), failure -> assertThat(failure.reason()).isEqualTo(FailureReason.CIRCUIT_OPEN));
        assertThat(sent).hasValue(8);
        probes.forEach(Disposable::dispose);
        answer(3);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(guard.condition().status()).isEqualTo(VendorStatus.UP);
    }

    @Test
    void circuitOpensAgainWhenTrialsFail() {
        fail(5, FailureReason.UNAVAILABLE);
        clock.advance(OPEN_FOR.plusMillis(1));
        fail(3, FailureReason.UNAVAILABLE);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.OPEN);
        assertFails(answering(), failure -> assertThat(failure.retryAfter()).isEqualTo(OPEN_FOR));
    }

    @Test
    void invalidResponsesOpenTheCircuit() {
        fail(5, FailureReason.INVALID_RESPONSE);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(guard.condition().status()).isEqualTo(VendorStatus.DOWN);
    }

    @Test
    void requestsAreRefusedDuringTheCoolDown() {
        assertFails(
                sending(Mono.error(SourceException.rateLimited(Vendor.SIPSIM, Duration.ofSeconds(30)))),
                failure -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
        clock.advance(SECOND);
        assertFails(answering(), failure -> {
            assertThat(failure.reason()).isEqualTo(FailureReason.RATE_LIMITED);
            assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(29));
        });
        assertThat(sent).hasValue(1);
        assertThat(guard.condition().coolDownUntil()).isEqualTo(SampleFactory.NOON.plusSeconds(30));
        clock.advance(Duration.ofSeconds(29));
        answer(1);
        assertThat(sent).hasValue(2);
        assertThat(guard.condition().coolDownUntil()).isNull();
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void requestsBeyondTheLimitAreRefusedAtOnceAndDoNotCountForTheCircuit() {
        UpstreamGuard narrow = guard(CIRCUIT, 2, 0);
        List<Disposable> held = List.of(
                attempt(narrow, sending(Mono.never())).subscribe(),
                attempt(narrow, sending(Mono.never())).subscribe(),
                attempt(narrow, sending(Mono.never())).subscribe());
        for (int i = 0; i < 30; i++) {
            assertFails(
                    narrow,
                    sending(Mono.just("late")),
                    failure -> assertThat(failure.reason()).isEqualTo(FailureReason.OVERLOADED));
        }
        assertThat(sent).hasValue(3);
        assertThat(narrow.condition().status()).isEqualTo(VendorStatus.UP);
        assertThat(narrow.condition().coolDownUntil()).isNull();
        assertThat(narrow.condition().circuit()).isEqualTo(CircuitState.CLOSED);
        held.forEach(Disposable::dispose);
        StepVerifier.create(attempt(narrow, answering())).expectNext("here").verifyComplete();
    }

    @Test
    void requestOverTheLimitDoesNotCountForTheCircuit() {
        fail(30, FailureReason.REQUEST_LIMIT);
        assertThat(guard.condition().status()).isEqualTo(VendorStatus.UP);
        fail(4, FailureReason.UNAVAILABLE);
        fail(30, FailureReason.REQUEST_LIMIT);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(guard.condition().status()).isEqualTo(VendorStatus.DOWN);
        fail(1, FailureReason.UNAVAILABLE);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.OPEN);
        clock.advance(OPEN_FOR.plusMillis(1));
        fail(10, FailureReason.REQUEST_LIMIT);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.HALF_OPEN);
        answer(3);
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(guard.condition().coolDownUntil()).isNull();
    }

    @Test
    void pacedRequestsAreSentOneAfterAnother() {
        UpstreamGuard paced = guard(CIRCUIT, 8, 20);
        long start = System.nanoTime();
        StepVerifier.create(Flux.range(0, 6).flatMap(i -> attempt(paced, answering())))
                .expectNextCount(6)
                .verifyComplete();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void pacedRequestIsRefusedWhenItsWaitWouldBeTooLong() {
        UpstreamGuard paced = guard(CIRCUIT, 8, 1);
        List<String> outcomes = Objects.requireNonNull(Flux.range(0, 8)
                .flatMap(i -> attempt(paced, answering())
                        .onErrorResume(
                                SourceException.class,
                                failure -> Mono.just(failure.reason().name())))
                .collectList()
                .block(Duration.ofSeconds(5)));
        assertThat(outcomes).filteredOn("OVERLOADED"::equals).hasSizeGreaterThanOrEqualTo(4);
        assertThat(outcomes).contains("here");
        assertThat(paced.condition().status()).isEqualTo(VendorStatus.UP);
    }

    @Test
    void waitingRequestsRespectACoolDownThatBeginsMeanwhile() {
        UpstreamGuard paced = guard(CIRCUIT, 8, 5);
        Mono<String> refused = sending(Mono.delay(Duration.ofMillis(20))
                .then(Mono.error(SourceException.rateLimited(Vendor.SIPSIM, Duration.ofMinutes(1)))));
        List<FailureReason> reasons = Objects.requireNonNull(Flux.range(0, 4)
                .flatMap(i -> attempt(paced, refused)
                        .map(response -> FailureReason.CONFLICT)
                        .onErrorResume(SourceException.class, failure -> Mono.just(failure.reason())))
                .collectList()
                .block(Duration.ofSeconds(5)));
        assertThat(reasons).hasSize(4).containsOnly(FailureReason.RATE_LIMITED);
        assertThat(sent).hasValue(1);
    }

    @Test
    void failureOfTheGatewayDoesNotCountForTheCircuit() {
        for (int i = 0; i < 30; i++) {
            Mono<String> request =
                    guard.attempt(new Attempt<>(failing(FailureReason.TIMEOUT), failure -> false, () -> Duration.ZERO));
            StepVerifier.create(request).verifyError(SourceException.class);
        }
        assertThat(guard.condition()).isEqualTo(new Condition(VendorStatus.UP, CircuitState.CLOSED, null));
    }

    @Test
    void circuitOpensForAHangingVendorWhenCallersDisconnectEarlier() {
        VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
        try {
            for (int i = 0; i < 30; i++) {
                Disposable caller = attempt(guard, hanging()).subscribe();
                time.advanceTimeBy(SECOND);
                caller.dispose();
            }
            assertThat(guard.condition().circuit()).isEqualTo(CircuitState.OPEN);
            assertThat(sent.get()).isLessThan(30);
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    @Test
    void fewRequestsContinueWhenTheirCallersDisconnect() {
        AtomicInteger cancelled = new AtomicInteger();
        Mono<String> request = sending(Mono.<String>never().doOnCancel(cancelled::incrementAndGet));
        for (int i = 0; i < 30; i++) {
            attempt(guard, request).subscribe().dispose();
        }
        assertThat(cancelled).hasValue(30 - CIRCUIT.minRequests());
        assertThat(guard.condition().circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void circuitNeverOpensWhenDisabled() {
        UpstreamGuard open = guard(new UpstreamSettings.Circuit(false, 20, 5, 50, 80, SECOND, OPEN_FOR), 8, 0);
        for (int i = 0; i < 30; i++) {
            assertFails(
                    open,
                    failing(FailureReason.UNAVAILABLE),
                    failure -> assertThat(failure.reason()).isEqualTo(FailureReason.UNAVAILABLE));
        }
        assertThat(sent).hasValue(30);
        assertThat(open.condition().circuit()).isEqualTo(CircuitState.CLOSED);
    }

    private UpstreamGuard guard(UpstreamSettings.Circuit circuit, int maxConnections, int requestsPerSecond) {
        UpstreamSettings.Limits limits = new UpstreamSettings.Limits(
                SECOND, SECOND, DataSize.ofKilobytes(1), maxConnections, 1, requestsPerSecond);
        return new UpstreamGuard(
                Vendor.SIPSIM,
                new UpstreamSettings(limits, new UpstreamSettings.Retry(false, 0, Duration.ZERO), circuit),
                new TenantLabel(Tenant.DEFAULT, true),
                clock,
                RateCoordination.NONE);
    }

    private void fail(int times, FailureReason reason) {
        for (int i = 0; i < times; i++) {
            assertFails(failing(reason), failure -> assertThat(failure.reason()).isEqualTo(reason));
        }
    }

    private void answer(int times) {
        for (int i = 0; i < times; i++) {
            StepVerifier.create(attempt(guard, answering())).expectNext("here").verifyComplete();
        }
    }

    private void answerAfter(Duration duration) {
        Mono<String> slow = sending(Mono.just("here")).doOnNext(response -> clock.advance(duration));
        StepVerifier.create(attempt(guard, slow)).expectNext("here").verifyComplete();
    }

    private <T> Mono<T> attempt(UpstreamGuard asked, Mono<T> request) {
        return Mono.defer(() -> {
            Instant begun = clock.instant();
            return asked.attempt(
                    new Attempt<>(request, failure -> true, () -> Duration.between(begun, clock.instant())));
        });
    }

    private Disposable hang() {
        return attempt(guard, sending(Mono.never())).subscribe();
    }

    private Mono<String> answering() {
        return sending(Mono.just("here"));
    }

    private Mono<String> hanging() {
        return sending(Mono.<String>never()
                .timeout(Duration.ofSeconds(3))
                .onErrorMap(late -> SourceException.of(Vendor.SIPSIM, FailureReason.TIMEOUT)));
    }

    private Mono<String> failing(FailureReason reason) {
        return sending(Mono.error(
                reason == FailureReason.RATE_LIMITED
                        ? SourceException.rateLimited(Vendor.SIPSIM, null)
                        : SourceException.of(Vendor.SIPSIM, reason)));
    }

    private Mono<String> sending(Mono<String> outcome) {
        return outcome.doOnSubscribe(subscription -> sent.incrementAndGet());
    }

    private void assertFails(Mono<String> request, Consumer<SourceException> expected) {
        assertFails(guard, request, expected);
    }

    private void assertFails(UpstreamGuard asked, Mono<String> request, Consumer<SourceException> expected) {
        StepVerifier.create(attempt(asked, request))
                .expectErrorSatisfies(
                        error -> assertThat(error).isInstanceOfSatisfying(SourceException.class, expected))
                .verify(SECOND);
    }
}
