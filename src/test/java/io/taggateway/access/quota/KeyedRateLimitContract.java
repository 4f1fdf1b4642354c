package io.taggateway.access.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.support.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each rate limit does, of one gateway or of several that share their buckets. Time stands still. */
public abstract class KeyedRateLimitContract {

    /** So few that no gateway takes tokens in advance. */
    private static final int PER_MINUTE = 40;

    private final SettableClock clock = new SettableClock(Instant.now());
    private List<KeyedRateLimit> limits = List.of();

    @BeforeEach
    void open() {
        limits = gateways(clock)
                .map(shared -> new KeyedRateLimit("requests", clock, new SimpleMeterRegistry(), shared))
                .toList();
    }

    /** The buckets of each gateway, which have not been used. */
    protected abstract Stream<SharedQuota> gateways(SettableClock clock);

    private boolean take(int gateway, String owner, long tokens) {
        KeyedRateLimit limit = limits.get(gateway % limits.size());
        ConsumptionProbe probe = limit.tryTake(owner, PER_MINUTE, tokens);
        return Objects.requireNonNullElseGet(
                        probe,
                        () -> Objects.requireNonNull(
                                limit.takeLater(owner, PER_MINUTE, tokens).block()))
                .isConsumed();
    }

    private long passed(int requests) {
        return IntStream.range(0, requests).filter(i -> take(i, "web", 1)).count();
    }

    @Test
    void operationsPassUpToTheLimit() {
        assertThat(passed(PER_MINUTE)).isEqualTo(PER_MINUTE);
        assertThat(passed(10)).isZero();
    }

    @Test
    void ownersHaveLimitsOfTheirOwn() {
        assertThat(take(0, "web", PER_MINUTE)).isTrue();
        assertThat(take(1, "web", 1)).isFalse();
        assertThat(take(1, "app", PER_MINUTE)).isTrue();
    }

    @Test
    void operationThatCostsMoreThanTheLimitUsesTheWholeLimit() {
        assertThat(take(0, "web", 10L * PER_MINUTE)).isTrue();
        assertThat(take(1, "web", 1)).isFalse();
    }

    @Test
    void limitIsRefilledEvenly() {
        assertThat(passed(PER_MINUTE + 2)).isEqualTo(PER_MINUTE);
        clock.advance(Duration.ofSeconds(30));
        // A gateway that was refused does not ask again before a token is refilled, by the system's clock
        await().until(() -> take(0, "web", 1));
        await().until(() -> take(1, "web", 1));
        assertThat(passed(PER_MINUTE)).isEqualTo(PER_MINUTE / 2 - 2);
    }

    @Test
    void tokenThatWasGivenBackCanBeTaken() {
        assertThat(passed(PER_MINUTE)).isEqualTo(PER_MINUTE);
        limits.getFirst().giveBack("web", PER_MINUTE, 1);
        assertThat(take(0, "web", 1)).isTrue();
        assertThat(take(0, "web", 1)).isFalse();
    }
}
