package io.taggateway.tagging.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SlowTest;
import io.taggateway.tagging.TaggingFixture;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests of polling vendors' tag lists for subscribers. */
class TagWatchTests {

    private static final Duration INTERVAL = TaggingFixture.WATCH_INTERVAL;
    private static final int HANDOVERS = 10_000;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final TaggingFixture fixture = TaggingFixture.ofBoth();
    private final TagWatch watch = fixture.directory.watch();

    @AfterEach
    void reset() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void listsAreReadAtOnceAndThenOncePerIntervalForAllSubscribers() {
        Disposable first = listen(null);
        Disposable second = listen(null);
        pass(Duration.ZERO);
        assertReads(1, 1);
        pass(INTERVAL);
        assertReads(2, 2);
        pass(INTERVAL.minusMillis(1));
        assertReads(2, 2);
        first.dispose();
        pass(INTERVAL.multipliedBy(3));
        assertReads(5, 5);
        second.dispose();
    }

    @Test
    void pollingStopsWithTheLastSubscriberAndStartsWithTheNext() {
        assertReads(0, 0);
        Disposable last = listen(null);
        pass(INTERVAL);
        last.dispose();
        pass(INTERVAL.multipliedBy(10));
        assertReads(2, 2);
        Disposable next = listen(null);
        pass(Duration.ZERO);
        assertReads(3, 3);
        next.dispose();
    }

    @Test
    void onlyVendorsWithSubscribersArePolled() {
        Disposable one = listen(List.of(Vendor.SWIPEONE));
        pass(INTERVAL);
        assertReads(0, 2);
        one.dispose();
        Disposable none = listen(List.of());
        pass(INTERVAL);
        assertReads(0, 2);
        none.dispose();
    }

    @Test
    void failedVendorIsPolledAgain() {
        fixture.callTags.fail(FailureReason.UNAVAILABLE);
        Disposable listener = listen(null);
        pass(INTERVAL.multipliedBy(2));
        assertReads(3, 3);
        assertThat(listener.isDisposed()).isFalse();
        listener.dispose();
    }

    @Test
    void vendorThatIsNotConfiguredHasNoChanges() {
        TaggingFixture alone = TaggingFixture.withoutContacts();
        Disposable listener = alone.directory
                .watch()
                .changes(List.of(Vendor.SIPSIM, Vendor.SWIPEONE))
                .subscribe();
        pass(Duration.ZERO);
        assertThat(alone.callTags.requests()).isEqualTo(1);
        listener.dispose();
    }

    @SlowTest
    @Test
    void pollingContinuesWhenSubscribersChange() throws Exception {
        AtomicInteger go = new AtomicInteger();
        Disposable last = listen(null);
        try (ExecutorService leaving = Executors.newSingleThreadExecutor()) {
            for (int handover = 1; handover <= HANDOVERS; handover++) {
                Disposable before = last;
                int turn = handover;
                Future<?> left = leaving.submit(() -> {
                    spin(() -> go.get() < turn);
                    before.dispose();
                });
                go.set(turn);
                AtomicInteger delay = new AtomicInteger(turn % 1_000);
                spin(() -> delay.decrementAndGet() > 0);
                last = listen(null);
                left.get();
                pass(Duration.ZERO);
                int calls = fixture.callTags.requests();
                int contacts = fixture.contactTags.requests();
                pass(INTERVAL);
                assertReads(calls + 1, contacts + 1);
            }
        }
        last.dispose();
        assertThat(fixture.directory.feed().listeners()).isZero();
    }

    private static void spin(BooleanSupplier on) {
        while (on.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private Disposable listen(@Nullable List<Vendor> vendors) {
        return watch.changes(vendors).subscribe();
    }

    private void pass(Duration duration) {
        time.advanceTimeBy(duration);
    }

    private void assertReads(int sipsim, int swipeone) {
        assertThat(fixture.callTags.requests()).isEqualTo(sipsim);
        assertThat(fixture.contactTags.requests()).isEqualTo(swipeone);
    }
}
