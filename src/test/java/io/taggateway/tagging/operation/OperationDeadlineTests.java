package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.source.SampleFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests of the remaining time of an operation. */
class OperationDeadlineTests {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);

    @Test
    void limitAppliesWithoutADeadline() {
        assertThat(OperationDeadline.NONE.remaining(LIMIT)).isEqualTo(LIMIT);
        assertThat(OperationDeadline.NONE.renewed().remaining(LIMIT)).isEqualTo(LIMIT);
    }

    @Test
    void earlierOfLimitAndDeadlineApplies() {
        OperationDeadline deadline = OperationDeadline.in(clock, Duration.ofSeconds(10));
        assertThat(deadline.remaining(LIMIT)).isEqualTo(LIMIT);
        clock.advance(Duration.ofSeconds(8));
        assertThat(deadline.remaining(LIMIT)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void remainingTimeIsNegativeAfterTheDeadline() {
        OperationDeadline deadline = OperationDeadline.in(clock, Duration.ZERO);
        clock.advance(Duration.ofMillis(1));
        assertThat(deadline.remaining(LIMIT)).isNegative();
    }
}
