package io.taggateway.tagging.operation;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads an object after a write to it. A vendor's reads may lag behind its writes, so it is read several times. */
public final class WriteVerification {

    /** Reads at once, after 100 ms, and 400 ms later. */
    public static final WriteVerification DEFAULT = new WriteVerification(Duration.ofMillis(100));

    private final List<Duration> waits;

    /** Reads at once, after a wait, and after four times that wait. */
    public WriteVerification(Duration wait) {
        this.waits = List.of(Duration.ZERO, wait, wait.multipliedBy(4));
    }

    /**
     * The object as soon as it shows the write, or as the last read shows it; empty if it does not exist.
     *
     * @param read sends a request each time that it is subscribed to
     */
    public <T> Mono<T> read(Mono<T> read, Predicate<? super T> showsWrite) {
        return Flux.fromIterable(waits)
                .concatMap(wait -> Mono.delay(wait).then(read), 1)
                .takeUntil(showsWrite)
                .takeLast(1)
                .next();
    }
}
