package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.TenantLabel;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.upstream.guard.UpstreamGuard.Attempt;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tests that the permissions of requests are returned once. */
class GuardedRequestTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int ROUNDS = 1_000;
    private static final int MAX = 9;
    private static final int MAY_CONTINUE = 5;

    private final UpstreamGuard guard = new UpstreamGuard(
            Vendor.SIPSIM,
            new UpstreamSettings(
                    new UpstreamSettings.Limits(SECOND, SECOND, DataSize.ofKilobytes(1), MAX - 1, 1, 0),
                    new UpstreamSettings.Retry(false, 0, Duration.ZERO),
                    new UpstreamSettings.Circuit(true, 20, MAY_CONTINUE, 50, 80, SECOND, SECOND)),
            new TenantLabel(Tenant.DEFAULT, true),
            new SettableClock(SampleFactory.NOON),
            RateCoordination.NONE);

    @Test
    void permissionIsReturnedOnceWhenResponseAndCancellationCoincide() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                Sinks.One<String> vendor = Sinks.one();
                Disposable caller = attempt(vendor.asMono()).subscribe();
                Future<?> departure = threads.submit(caller::dispose);
                Future<?> response = threads.submit(() -> vendor.tryEmitValue("here"));
                departure.get();
                response.get();
                assertThat(available()).isEqualTo(MAX);
            }
        }
        assertThat(continuing(20)).isEqualTo(MAY_CONTINUE);
        assertThat(available()).isEqualTo(MAX);
    }

    @Test
    void requestThatContinuesCountsOnceWhenItEnds() {
        Sinks.One<String> vendor = Sinks.one();
        for (int i = 0; i < MAY_CONTINUE; i++) {
            attempt(vendor.asMono()).subscribe().dispose();
        }
        assertThat(continuing(1)).isZero();
        vendor.tryEmitValue("here");
        assertThat(continuing(20)).isEqualTo(MAY_CONTINUE);
    }

    /** The number of requests that continue after their callers have disconnected. */
    private int continuing(int requests) {
        AtomicInteger cancelled = new AtomicInteger();
        for (int i = 0; i < requests; i++) {
            attempt(Mono.<String>never().doOnCancel(cancelled::incrementAndGet))
                    .subscribe()
                    .dispose();
        }
        return requests - cancelled.get();
    }

    private Mono<String> attempt(Mono<String> request) {
        return guard.attempt(new Attempt<>(request, failure -> true, () -> Duration.ZERO));
    }

    private int available() {
        return guard.bulkheads().getAllBulkheads().stream()
                .map(Bulkhead::getMetrics)
                .mapToInt(Bulkhead.Metrics::getAvailableConcurrentCalls)
                .sum();
    }
}
