package io.taggateway.upstream.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.upstream.guard.UpstreamSettings.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;

/** What paces have in common: one request a second, each of which waits for two seconds at most. */
public abstract class PaceContract {

    private static final int REQUESTS = 20;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    protected static final Limits LIMITS = new Limits(SECOND, LONGEST_WAIT, DataSize.ofKilobytes(1), 1, 1, 1);

    /** The paces of one account at all gateways. */
    protected abstract List<Pace> paces();

    @Test
    void requestIsPermitted() {
        assertThat(paces().getFirst().permit().block()).isTrue();
    }

    @Test
    void requestsThatWouldWaitTooLongAreRefused() {
        assertThat(permitted(paces(), SECOND)).isPositive();
    }

    /** The number of permitted requests of all gateways, which does not exceed the rate. */
    protected static long permitted(List<Pace> paces, Duration interval) {
        Queue<Boolean> outcomes = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        Flux.merge(IntStream.range(0, REQUESTS)
                        .mapToObj(i -> paces.get(i % paces.size()).permit())
                        .toList())
                .subscribe(outcomes::add);
        await().atMost(Duration.ofMinutes(1)).until(() -> outcomes.size() == REQUESTS);
        long permitted = outcomes.stream().filter(outcome -> outcome).count();
        long most = 2 + (System.nanoTime() - begin) / interval.toNanos();
        assertThat(permitted).isLessThanOrEqualTo(most);
        return permitted;
    }
}
