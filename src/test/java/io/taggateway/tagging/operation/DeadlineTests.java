package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.SettableClock;
import io.taggateway.tagging.source.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

/** How much time an operation still has. */
class DeadlineTests {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final SettableClock clock = new SettableClock(Samples.NOON);

    @Test
    void limitCountsWhereThereIsNoDeadline() {
        assertThat(Deadline.remaining(Context.empty(), clock, LIMIT)).isEqualTo(LIMIT);
    }

    @Test
    void soonerOfLimitAndDeadlineCounts() {
        Context context = Deadline.startIn(Context.empty(), Samples.NOON.plusSeconds(10));
        assertThat(Deadline.remaining(context, clock, LIMIT)).isEqualTo(LIMIT);
        clock.advance(Duration.ofSeconds(8));
        assertThat(Deadline.remaining(context, clock, LIMIT)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void lessThanNothingIsLeftAfterTheDeadline() {
        Context context = Deadline.startIn(Context.empty(), Samples.NOON);
        clock.advance(Duration.ofMillis(1));
        assertThat(Deadline.remaining(context, clock, LIMIT)).isNegative();
    }
}
