package io.taggateway.upstream.guard;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads an object after a write to it. A vendor's reads may lag behind its writes, so it is read several times. */
public final class WriteVerification {

    private static final List<Duration> WAITS = List.of(Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(400));

    private WriteVerification() {}

    /**
     * The object as soon as it shows the write, or as the last read shows it; empty if it does not exist.
     *
     * @param read sends a request each time that it is subscribed to
     */
    public static <T> Mono<T> read(Mono<T> read, Predicate<? super T> showsWrite) {
        return Flux.fromIterable(WAITS)
                .concatMap(wait -> Mono.delay(wait).then(read), 1)
                .takeUntil(showsWrite)
                .takeLast(1)
                .next();
    }
}
