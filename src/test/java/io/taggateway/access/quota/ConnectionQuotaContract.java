package io.taggateway.access.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.access.quota.ConnectionQuota.Permit;
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

    protected static boolean acquire(Permit permit) {
        return Objects.requireNonNull(permit.acquire().block());
    }

    protected static boolean acquire(ConnectionQuota quota, int max) {
        return acquire(quota.permit(OWNER, max));
    }

    /** Permits that were released can be acquired soon. */
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
        Permit permit = quota().permit(OWNER, 1);
        assertThat(acquire(permit)).isTrue();
        assertThat(acquire(other(), 1)).isFalse();
        permit.release();
        permit.release();
        awaitFree(other(), 1);
        assertThat(acquire(quota(), 1)).isFalse();
    }

    @Test
    void refusedPlaceIsNotOccupied() {
        Permit permit = quota().permit(OWNER, 1);
        assertThat(acquire(permit)).isTrue();
        Permit refused = other().permit(OWNER, 1);
        assertThat(acquire(refused)).isFalse();
        refused.release();
        assertThat(acquire(quota(), 1)).isFalse();
        permit.release();
        awaitFree(quota(), 1);
    }

    @Test
    void placeIsNotOccupiedBeforeItsAcquisition() {
        Permit unused = quota().permit(OWNER, 1);
        Mono<Boolean> unsubscribed = unused.acquire();
        assertThat(acquire(other(), 1)).isTrue();
        unused.release();
        assertThat(unsubscribed.block()).isFalse();
        assertThat(acquire(quota(), 1)).isFalse();
    }

    @Test
    void releasedPlaceIsNotAcquired() {
        Permit permit = quota().permit(OWNER, 1);
        permit.release();
        assertThat(acquire(permit)).isFalse();
        assertThat(acquire(other(), 1)).isTrue();
    }

    @Test
    void ownersHaveQuotasOfTheirOwn() {
        assertThat(acquire(quota(), 1)).isTrue();
        for (QuotaOwner owner :
                List.of(new QuotaOwner("acme", "web"), new QuotaOwner(null, "app"), new QuotaOwner("acme", null))) {
            assertThat(acquire(other().permit(owner, 1))).isTrue();
            assertThat(acquire(quota().permit(owner, 1))).isFalse();
        }
    }

    @Test
    void noMoreThanTheMaximumAreAcquiredAtOnce() {
        assertThat(Flux.range(0, 40)
                        .flatMap(
                                i -> (i % 2 == 0 ? quota() : other())
                                        .permit(OWNER, 10)
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
            Permit permit = quota().permit(OWNER, 1_000);
            Disposable acquisition = permit.acquire().subscribe();
            // Each cancellation comes at another step of the acquisition
            for (int spin = 0; spin < 60 * i; spin++) {
                Thread.onSpinWait();
            }
            acquisition.dispose();
            permit.release();
        });
        awaitFree(other(), 1);
    }
}
