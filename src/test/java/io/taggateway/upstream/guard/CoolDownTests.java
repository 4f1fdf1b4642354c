package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.MonotonicClock;
import io.taggateway.tagging.source.SampleFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tests of the duration of cool-downs. */
class CoolDownTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final VendorStateLog LOG = new VendorStateLog(Tenant.DEFAULT, Vendor.SIPSIM);

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final CoolDown coolDown = new CoolDown(clock, LOG);

    @Test
    void requestsAreSentWithoutACoolDown() {
        assertThat(coolDown.remaining()).isZero();
        assertThat(coolDown.until()).isNull();
    }

    @Test
    void coolDownLastsAsLongAsTheVendorRequests() {
        coolDown.begin(Duration.ofSeconds(30));
        assertThat(coolDown.until()).isEqualTo(SampleFactory.NOON.plusSeconds(30));
        clock.advance(Duration.ofMillis(29_999));
        assertThat(coolDown.remaining()).isEqualTo(Duration.ofMillis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(coolDown.remaining()).isZero();
        assertThat(coolDown.until()).isNull();
    }

    @Test
    void coolDownIsExtendedByALongerWaitOnly() {
        coolDown.begin(Duration.ofSeconds(30));
        coolDown.begin(Duration.ofSeconds(10));
        assertThat(coolDown.remaining()).isEqualTo(Duration.ofSeconds(30));
        coolDown.begin(Duration.ofSeconds(40));
        assertThat(coolDown.remaining()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void waitIsDoubledUpToAMinuteWhenTheVendorGivesNone() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(coolDown.begin(null)).isEqualTo(Duration.ofSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void waitIsUnaffectedWhenTheWallClockIsSetBack() {
        AtomicLong ticker = new AtomicLong();
        CoolDown set = new CoolDown(new MonotonicClock(clock, ticker::get), LOG);
        set.begin(Duration.ofSeconds(2));
        clock.advance(Duration.ofHours(-1));
        assertThat(set.until()).isEqualTo(SampleFactory.NOON.plusSeconds(2).minus(Duration.ofHours(1)));
        ticker.set(TimeUnit.SECONDS.toNanos(2));
        assertThat(set.remaining()).isZero();
    }

    @Test
    void elapsedWaitHasNoEffect() {
        for (int seconds : new int[] {1, 2, 4}) {
            assertThat(coolDown.begin(Duration.ZERO)).isEqualTo(Duration.ofSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void waitsBeginWithTheShortestAgainAfterAResponse() {
        coolDown.begin(null);
        clock.advance(SECOND);
        coolDown.begin(null);
        clock.advance(MINUTE);
        coolDown.onResponse();
        assertThat(coolDown.begin(null)).isEqualTo(SECOND);
    }

    @Test
    void concurrentRateLimitResponsesCountOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(coolDown.begin(null)).isEqualTo(SECOND);
        }
        clock.advance(SECOND);
        assertThat(coolDown.begin(null)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void responseDoesNotEndAWait() {
        coolDown.begin(MINUTE);
        coolDown.onResponse();
        assertThat(coolDown.remaining()).isEqualTo(MINUTE);
    }
}
