package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.source.Samples;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests of how long a response can be cached, depending on its sources. */
class CacheHintTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Instant EARLIER = Samples.NOON.minusSeconds(20);

    private final CacheHint hint = new CacheHint();

    @Test
    void operationWithoutSourceIsNotCacheable() {
        assertThat(hint.freshFor()).isZero();
        assertThat(hint.fetchedAt()).isNull();
        assertThat(hint.freshUntil()).isNull();
        assertThat(hint.isCurrent()).isFalse();
    }

    @Test
    void earliestExpiryAndOldestFetchCount() {
        hint.use(held(EARLIER, LONG));
        assertThat(hint.freshFor()).isEqualTo(LONG);
        hint.use(held(Samples.NOON, SHORT));
        hint.use(held(Samples.NOON, LONG));
        assertThat(hint.freshUntil()).isEqualTo(Samples.NOON.plus(SHORT));
        assertThat(hint.freshFor()).isEqualTo(Duration.ofSeconds(25));
        assertThat(hint.fetchedAt()).isEqualTo(EARLIER);
        assertThat(hint.isCurrent()).isTrue();
    }

    @Test
    void sourceThatIsNotFreshAlwaysDecides() {
        hint.use(held(EARLIER, LONG));
        hint.use(held(Samples.NOON, Duration.ZERO));
        assertThat(hint.freshFor()).isZero();
        assertThat(hint.isCurrent()).isFalse();
        assertThat(hint.fetchedAt()).isEqualTo(EARLIER);
    }

    @Test
    void uncachedSourceIsNeverCacheable() {
        hint.use(held(Samples.NOON, LONG));
        hint.useUncached(Samples.NOON);
        hint.useUncached(EARLIER);
        hint.useUncached(Samples.NOON);
        assertThat(hint.freshFor()).isZero();
        assertThat(hint.freshUntil()).isNull();
        assertThat(hint.isCurrent()).isFalse();
        assertThat(hint.fetchedAt()).isEqualTo(EARLIER);
    }

    @Test
    void answerIsCurrentAsLongAsAllThatItIsMadeOf() {
        hint.use(held(Samples.NOON, LONG));
        hint.use(new Held(Samples.NOON, Samples.NOON.plus(LONG), false));
        assertThat(hint.isCurrent()).isFalse();
        assertThat(hint.freshFor()).isEqualTo(LONG);
    }

    private static CacheHint.Source held(Instant fetchedAt, Duration freshFor) {
        return new Held(fetchedAt, fetchedAt.plus(freshFor), true);
    }

    private record Held(Instant fetchedAt, Instant freshUntil, boolean isCurrent) implements CacheHint.Source {}
}
