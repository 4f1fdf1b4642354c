package io.taggateway.access.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.access.quota.ConnectionQuota.Place;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What every quota of connections must do. Connections of tests are not open yet, or have ended. */
public abstract class ConnectionQuotaContract {

    protected static final QuotaOwner OWNER = new QuotaOwner(null, "web");

    /** A quota that has no connections. */
    protected abstract ConnectionQuota quota();

    /** A quota that counts its connections with those of the first one, if there is one, or else the first one. */
    protected abstract ConnectionQuota other();

    protected static boolean acquire(Place place) {
        return Objects.requireNonNull(place.acquire().block());
    }

    protected static boolean acquire(ConnectionQuota quota, int max) {
        return acquire(quota.place(OWNER, max));
    }

    /** Places that were released can be acquired soon. */
    protected static void awaitFree(ConnectionQuota quota, int max) {
        await().until(() -> acquire(quota, max));
    }

    @Test
    void placeIsRefusedWhenTheOwnerHasTheMaximum() {
        assertThat(acquire(quota(), 2)).isTrue();
        assertThat(acquire(other(), 2)).isTrue();
        assertThat(acquire(quota(), 2)).isFalse();
        assertThat(acquire(other(), 2)).isFalse();
        assertThat(acquire(other(), 3)).isTrue();
    }

    @Test
    void releasedPlaceCanBeAcquiredByAnother() {
        Place place = quota().place(OWNER, 1);
        assertThat(acquire(place)).isTrue();
        assertThat(acquire(other(), 1)).isFalse();
        place.release();
        place.release();
        awaitFree(other(), 1);
        assertThat(acquire(quota(), 1)).isFalse();
    }

    @Test
    void refusedPlaceIsNotOccupied() {
        Place place = quota().place(OWNER, 1);
        assertThat(acquire(place)).isTrue();
        Place refused = other().place(OWNER, 1);
        assertThat(acquire(refused)).isFalse();
        refused.release();
        assertThat(acquire(quota(), 1)).isFalse();
        place.release();
        awaitFree(quota(), 1);
    }

    @Test
    void placeIsNotOccupiedBeforeItsAcquisition() {
        Place unused = quota().place(OWNER, 1);
        Mono<Boolean> unsubscribed = unused.acquire();
        assertThat(acquire(other(), 1)).isTrue();
        unused.release();
        assertThat(unsubscribed.block()).isFalse();
        assertThat(acquire(quota(), 1)).isFalse();
    }

    @Test
    void releasedPlaceIsNotAcquired() {
        Place place = quota().place(OWNER, 1);
        place.release();
        assertThat(acquire(place)).isFalse();
        assertThat(acquire(other(), 1)).isTrue();
    }

    @Test
    void ownersHaveQuotasOfTheirOwn() {
        assertThat(acquire(quota(), 1)).isTrue();
        for (QuotaOwner owner :
                List.of(new QuotaOwner("acme", "web"), new QuotaOwner(null, "app"), new QuotaOwner("acme", null))) {
            assertThat(acquire(other().place(owner, 1))).isTrue();
            assertThat(acquire(quota().place(owner, 1))).isFalse();
        }
    }

    @Test
    void noMoreThanTheMaximumAreAcquiredAtOnce() {
        assertThat(Flux.range(0, 40)
                        .flatMap(
                                i -> (i % 2 == 0 ? quota() : other())
                                        .place(OWNER, 10)
                                        .acquire()
                                        .subscribeOn(Schedulers.parallel()),
                                40)
                        .filter(acquired -> acquired)
                        .count()
                        .block())
                .isEqualTo(10);
    }

    @Test
    void placeIsNotOccupiedAfterItsAcquisitionWasCancelled() {
        IntStream.range(0, 500).forEach(i -> {
            Place place = quota().place(OWNER, 1_000);
            Disposable acquisition = place.acquire().subscribe();
            // Each cancellation comes at another step of the acquisition
            for (int spin = 0; spin < 60 * i; spin++) {
                Thread.onSpinWait();
            }
            acquisition.dispose();
            place.release();
        });
        awaitFree(other(), 1);
    }
}
