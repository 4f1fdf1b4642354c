package io.taggateway.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests of how many checks decide. */
class RedisAvailabilityTests {

    private static final Duration TIMEOUT = Duration.ofMillis(50);

    private final RedisAvailability availability = new RedisAvailability(TIMEOUT);

    @Test
    void redisIsAvailableFromItsFirstResponseInTime() {
        assertThat(availability.isAvailable()).isFalse();
        availability.failed(new IOException());
        respondLate(1);
        assertThat(availability.isAvailable()).isFalse();
        availability.responded(TIMEOUT);
        assertThat(availability.isAvailable()).isTrue();
    }

    @Test
    void redisIsNotAvailableAfterTwoFailedChecks() {
        availability.succeeded();
        availability.failed(new IOException());
        assertThat(availability.isAvailable()).isTrue();
        availability.failed(new IOException());
        assertThat(availability.isAvailable()).isFalse();
    }

    @Test
    void redisIsNotAvailableAfterSixLateResponses() {
        availability.succeeded();
        respondLate(5);
        assertThat(availability.isAvailable()).isTrue();
        respondLate(1);
        assertThat(availability.isAvailable()).isFalse();
    }

    @Test
    void lateResponsesAndAFailedCheckCountTogether() {
        availability.succeeded();
        respondLate(3);
        availability.failed(new IOException());
        assertThat(availability.isAvailable()).isFalse();
    }

    @Test
    void countBeginsAgainAfterAResponseInTime() {
        availability.succeeded();
        respondLate(5);
        availability.responded(Duration.ZERO);
        respondLate(5);
        assertThat(availability.isAvailable()).isTrue();
    }

    private void respondLate(int times) {
        for (int time = 0; time < times; time++) {
            availability.responded(TIMEOUT.plusMillis(1));
        }
    }
}
