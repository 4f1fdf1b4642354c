package io.taggateway.access.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.ConsumptionProbe;
import io.taggateway.access.quota.SharedQuota.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Tests of tokens that are taken in advance. */
class LeasedBucketTests {

    private final AtomicLong now = new AtomicLong();
    private final SharedTokens shared = new SharedTokens();

    private LeasedBucket bucket(long perMinute) {
        return new LeasedBucket(shared, "web", perMinute, now::get);
    }

    private static ConsumptionProbe takeLater(LeasedBucket bucket, long tokens) {
        return Objects.requireNonNull(bucket.takeLater(tokens).block());
    }

    @Test
    void mostTokensAreTakenWithoutARequestToTheSharedBucket() {
        shared.tokens = 300;
        LeasedBucket bucket = bucket(300);
        assertThat(bucket.tryTake(1)).isNull();
        assertThat(takeLater(bucket, 1).getRemainingTokens()).isEqualTo(299);
        for (int left = 298; left >= 200; left--) {
            assertThat(Objects.requireNonNull(bucket.tryTake(1)).getRemainingTokens())
                    .isEqualTo(left);
        }
        assertThat(shared.requests).isBetween(15L, 35L);
    }

    @Test
    void noTokensAreTakenInAdvanceWhenTheLimitIsSmall() {
        shared.tokens = 3;
        LeasedBucket bucket = bucket(3);
        assertThat(takeLater(bucket, 1).isConsumed()).isTrue();
        assertThat(shared.tokens).isEqualTo(2);
    }

    @Test
    void exhaustedBucketRefusesUntilATokenIsRefilled() {
        LeasedBucket bucket = bucket(60);
        ConsumptionProbe refused = takeLater(bucket, 1);
        assertThat(refused.isConsumed()).isFalse();
        assertThat(refused.getNanosToWaitForRefill())
                .isEqualTo(Duration.ofSeconds(1).toNanos());
        long asked = shared.requests;
        assertThat(Objects.requireNonNull(bucket.tryTake(1)).isConsumed()).isFalse();
        assertThat(bucket.take(1).isConsumed()).isFalse();
        assertThat(shared.requests).isEqualTo(asked);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        shared.tokens = 1;
        assertThat(bucket.tryTake(1)).isNull();
        assertThat(takeLater(bucket, 1).isConsumed()).isTrue();
    }

    @Test
    void overdrawnTokensAreTakenFromTheSharedBucket() {
        shared.tokens = 100;
        LeasedBucket bucket = bucket(100);
        assertThat(bucket.take(70).isConsumed()).isTrue();
        assertThat(shared.tokens).isEqualTo(28);
        assertThat(bucket.take(40).isConsumed()).isTrue();
        assertThat(shared.tokens).isZero();
        assertThat(bucket.take(1).isConsumed()).isFalse();
    }

    /** The results of 15 operations that wait for the same response of the shared bucket. */
    private List<ConsumptionProbe> takeAtOnce(LeasedBucket bucket) {
        List<Mono<ConsumptionProbe>> takes = Flux.range(0, 15)
                .map(i -> bucket.takeLater(1).cache())
                .doOnNext(Mono::subscribe)
                .collectList()
                .block();
        shared.answer.tryEmitValue(true);
        return Objects.requireNonNull(
                Flux.concat(Objects.requireNonNull(takes)).collectList().block());
    }

    @RepeatedTest(100)
    void waitingOperationsShareTheNextRequestForTokens() {
        shared.tokens = 10;
        shared.answer = Sinks.one();
        LeasedBucket bucket = bucket(40);
        assertThat(takeAtOnce(bucket)).filteredOn(ConsumptionProbe::isConsumed).hasSize(10);
        assertThat(shared.requests).isEqualTo(2);
    }

    @Test
    void noTokensAreTakenInAdvanceForWaitingOperations() {
        shared.tokens = 40;
        shared.answer = Sinks.one();
        LeasedBucket bucket = bucket(40);
        takeAtOnce(bucket);
        assertThat(shared.tokens).isEqualTo(25);
        assertThat(takeLater(bucket, 1).isConsumed()).isTrue();
        assertThat(shared.tokens).isEqualTo(24);
    }

    @Test
    void overdraftIsAtMostTheLimitUntilTheSharedBucketResponds() {
        shared.answer = Sinks.one();
        LeasedBucket bucket = bucket(100);
        assertThat(bucket.take(60).isConsumed()).isTrue();
        assertThat(bucket.take(40).isConsumed()).isTrue();
        assertThat(bucket.take(1).isConsumed()).isFalse();
    }

    @Test
    void operationsThatCostTheWholeLimitPassAboutOnceAMinute() {
        LeasedBucket bucket = bucket(60);
        shared.tokens = 60;
        int passed = 0;
        for (int second = 0; second < 600; second++) {
            passed += bucket.take(60).isConsumed() ? 1 : 0;
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            shared.tokens = Math.min(60, shared.tokens + 1);
        }
        assertThat(passed).isBetween(9, 12);
    }

    @Test
    void bucketIsNotUsedForSomeTimeAfterAFailure() {
        LeasedBucket bucket = bucket(60);
        shared.fails = true;
        assertThatThrownBy(() -> takeLater(bucket, 1)).hasMessage("away");
        assertThat(bucket.isUsable()).isFalse();
        shared.fails = false;
        shared.tokens = 5;
        now.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(bucket.isUsable()).isTrue();
        assertThat(takeLater(bucket, 1).isConsumed()).isTrue();
    }

    @Test
    void tokensThatWereTakenInAdvanceAreUsedAfterAFailure() {
        shared.tokens = 100;
        LeasedBucket bucket = bucket(100);
        takeLater(bucket, 1);
        shared.fails = true;
        assertThatThrownBy(() -> takeLater(bucket, 10)).hasMessage("away");
        assertThat(bucket.isUsable(3)).isFalse();
        assertThat(bucket.isUsable(2)).isTrue();
        long asked = shared.requests;
        assertThat(Objects.requireNonNull(bucket.tryTake(2)).isConsumed()).isTrue();
        assertThat(shared.requests).isEqualTo(asked);
        assertThat(bucket.isUsable(1)).isFalse();
    }

    /** Each operation begins in one thread and continues in another, while the shared bucket responds in a third. */
    @RepeatedTest(20)
    void operationsAtOnceTakeNoMoreThanTheSharedTokens() {
        SharedTokens delayed = new SharedTokens() {
            @Override
            public Mono<Grant> take(String key, long perMinute, long max) {
                return super.take(key, perMinute, max).subscribeOn(Schedulers.single());
            }
        };
        delayed.tokens = 300;
        LeasedBucket bucket = new LeasedBucket(delayed, "web", 300, now::get);
        Long passed = Flux.range(0, 1_000)
                .flatMap(i -> bucket.takeLater(1).subscribeOn(Schedulers.boundedElastic()), 500)
                .filter(ConsumptionProbe::isConsumed)
                .count()
                .block();
        assertThat(passed).isEqualTo(300);
    }

    /** A shared bucket without refill. */
    private static class SharedTokens implements SharedQuota {

        private long tokens;
        private long requests;
        private boolean fails;
        private Sinks.One<Boolean> answer = Sinks.one();

        SharedTokens() {
            answer.tryEmitValue(true);
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public int replicas() {
            return 2;
        }

        @Override
        public Mono<Grant> take(String key, long perMinute, long max) {
            requests++;
            return fails
                    ? Mono.error(new IllegalStateException("away"))
                    : answer.asMono().map(answered -> {
                        long taken = Math.min(tokens, max);
                        tokens -= taken;
                        return new Grant(taken, tokens);
                    });
        }
    }
}
