package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.source.SampleFactory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests of how long a response can be cached, depending on its sources. */
class CacheHintTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Instant EARLIER = SampleFactory.NOON.minusSeconds(20);

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
        hint.use(held(SampleFactory.NOON, SHORT));
        hint.use(held(SampleFactory.NOON, LONG));
        assertThat(hint.freshUntil()).isEqualTo(SampleFactory.NOON.plus(SHORT));
        assertThat(hint.freshFor()).isEqualTo(Duration.ofSeconds(25));
        assertThat(hint.fetchedAt()).isEqualTo(EARLIER);
        assertThat(hint.isCurrent()).isTrue();
    }

    @Test
    void responseIsNotFreshWhenOneSourceIsNot() {
        hint.use(held(EARLIER, LONG));
        hint.use(held(SampleFactory.NOON, Duration.ZERO));
        assertThat(hint.freshFor()).isZero();
        assertThat(hint.isCurrent()).isFalse();
        assertThat(hint.fetchedAt()).isEqualTo(EARLIER);
    }

    @Test
    void uncachedSourceIsNeverCacheable() {
        hint.use(held(SampleFactory.NOON, LONG));
        hint.useUncached(SampleFactory.NOON);
        hint.useUncached(EARLIER);
        hint.useUncached(SampleFactory.NOON);
        assertThat(hint.freshFor()).isZero();
        assertThat(hint.freshUntil()).isNull();
        assertThat(hint.isCurrent()).isFalse();
        assertThat(hint.fetchedAt()).isEqualTo(EARLIER);
    }

    @Test
    void responseIsCurrentWhileAllItsSourcesAre() {
        hint.use(held(SampleFactory.NOON, LONG));
        hint.use(new SourceStub(SampleFactory.NOON, SampleFactory.NOON.plus(LONG), false));
        assertThat(hint.isCurrent()).isFalse();
        assertThat(hint.freshFor()).isEqualTo(LONG);
    }

    private static CacheHint.Source held(Instant fetchedAt, Duration freshFor) {
        return new SourceStub(fetchedAt, fetchedAt.plus(freshFor), true);
    }

    private record SourceStub(Instant fetchedAt, Instant freshUntil, boolean isCurrent) implements CacheHint.Source {}
}
