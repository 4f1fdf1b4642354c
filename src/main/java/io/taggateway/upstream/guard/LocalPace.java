package io.taggateway.upstream.guard;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.taggateway.upstream.guard.UpstreamSettings.Limits;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The pace of one gateway. */
final class LocalPace implements Pace {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RateLimiter limiter;

    LocalPace(Limits limits, int replicas) {
        this.limiter = RateLimiter.of(
                "pace",
                RateLimiterConfig.custom()
                        .limitForPeriod(1)
                        .limitRefreshPeriod(SECOND.multipliedBy(replicas).dividedBy(limits.requestsPerSecond()))
                        .timeoutDuration(limits.responseTimeout())
                        .build());
    }

    @Override
    public Mono<Boolean> permit() {
        return Mono.defer(() -> {
            long nanos = limiter.reservePermission();
            if (nanos <= 0) {
                return Mono.just(nanos == 0);
            }
            return Mono.delay(Duration.ofNanos(nanos)).thenReturn(true);
        });
    }
}
