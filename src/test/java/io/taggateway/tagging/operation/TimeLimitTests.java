package io.taggateway.tagging.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** Tests of time limits, with a timer that runs its tasks when the test says so. */
class TimeLimitTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<Scheduled> timers = new ArrayList<>();
    private final TimeLimit limit = new TimeLimit(this::schedule, TimeoutException::new);

    @Test
    void workThatExceedsTheLimitIsCancelledAndFails() {
        AtomicBoolean cancelled = new AtomicBoolean();
        StepVerifier.create(limit.limit(Mono.never().doOnCancel(() -> cancelled.set(true)), LIMIT))
                .then(() -> timers.getFirst().task.run())
                .verifyError(TimeoutException.class);
        assertThat(timers.getFirst().delay).isBetween(LIMIT.minusSeconds(5), LIMIT);
        assertThat(cancelled).isTrue();
    }

    @Test
    void noTimerIsStartedForWorkThatCompletesAtOnce() {
        StepVerifier.create(limit.limit(Mono.just("done"), LIMIT))
                .expectNext("done")
                .verifyComplete();
        StepVerifier.create(limit.limit(Mono.error(new IllegalStateException()), LIMIT))
                .verifyError(IllegalStateException.class);
        assertThat(timers).isEmpty();
    }

    @Test
    void timerIsCancelledWhenWorkEndsOrIsCancelled() {
        Sinks.One<String> result = Sinks.one();
        StepVerifier.create(limit.limit(result.asMono(), LIMIT))
                .then(() -> result.tryEmitValue("done"))
                .expectNext("done")
                .verifyComplete();
        limit.limit(Mono.never(), LIMIT).subscribe().dispose();
        assertThat(timers).hasSize(2).allMatch(timer -> timer.disposable.isDisposed());
    }

    @Test
    void workThatHasEndedDoesNotFailWhenItsTimerRunsNevertheless() {
        Sinks.Empty<String> result = Sinks.empty();
        StepVerifier.create(limit.limit(result.asMono(), LIMIT))
                .then(() -> {
                    result.tryEmitEmpty();
                    timers.getFirst().task.run();
                })
                .verifyComplete();
    }

    @Test
    void errorOfCancelledWorkIsNotDropped() {
        List<Throwable> dropped = new ArrayList<>();
        Mono<String> work = Mono.from(subscriber -> subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                subscriber.onError(new IllegalStateException());
            }
        }));
        Consumer<Throwable> onDropped = dropped::add;
        limit.limit(work, LIMIT)
                .contextWrite(Context.of("reactor.onErrorDropped.local", onDropped))
                .subscribe()
                .dispose();
        assertThat(dropped).isEmpty();
    }

    private Disposable schedule(Runnable task, Duration delay) {
        Scheduled scheduled = new Scheduled(task, delay, Disposables.single());
        timers.add(scheduled);
        return scheduled.disposable;
    }

    private record Scheduled(Runnable task, Duration delay, Disposable disposable) {}
}
