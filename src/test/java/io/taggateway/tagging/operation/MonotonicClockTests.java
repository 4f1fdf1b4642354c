package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.source.SampleFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of a change of the system's clock. */
class MonotonicClockTests {

    private final SettableClock wall = new SettableClock(SampleFactory.NOON);
    private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 5);
    private final Clock clock = new MonotonicClock(wall, ticker::get);

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H", "PT-0.4S", "P3650D"})
    void durationsAreUnaffectedWhenTheWallClockIsSet(Duration jump) {
        OperationDeadline deadline = OperationDeadline.in(clock, Duration.ofSeconds(10));
        ticker.addAndGet(TimeUnit.SECONDS.toNanos(2));
        wall.advance(jump);
        assertThat(clock.instant()).isEqualTo(SampleFactory.NOON.plusSeconds(2));
        assertThat(deadline.remaining(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void instantIsConvertedToTheWallClock() {
        assertThat(MonotonicClock.toWall(clock, SampleFactory.NOON)).isEqualTo(SampleFactory.NOON);
        wall.advance(Duration.ofMillis(400));
        assertThat(MonotonicClock.toWall(clock, SampleFactory.NOON)).isEqualTo(SampleFactory.NOON);
        wall.advance(Duration.ofHours(-1));
        assertThat(MonotonicClock.toWall(clock, SampleFactory.NOON)).isEqualTo(SampleFactory.NOON.minusSeconds(3600));
        assertThat(MonotonicClock.wall(clock).instant())
                .isEqualTo(SampleFactory.NOON.minusSeconds(3600).plusMillis(400));
    }

    @Test
    void otherClockIsUsedAsItsOwnWallClock() {
        assertThat(MonotonicClock.wall(wall)).isSameAs(wall);
        assertThat(MonotonicClock.toWall(wall, SampleFactory.NOON)).isEqualTo(SampleFactory.NOON);
    }
}
