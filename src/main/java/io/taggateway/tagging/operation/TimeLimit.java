package io.taggateway.tagging.operation;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Cancels work that exceeds a time limit, and then fails. It is a single operator with a timer of the current event
 * loop, as Reactor's timers run on other threads and take a lock. No timer is started for work that completes during
 * its subscription, such as an operation on cached data.
 *
 * @param failure creates the error of work that exceeds the limit
 */
public record TimeLimit(Timer timer, Supplier<? extends Throwable> failure) {

    /** Work with a limit from its subscription. */
    public <T> Mono<T> limit(Mono<T> work, Duration limit) {
        return new MonoOperator<T, T>(work) {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                long begin = System.nanoTime();
                Limited<T> limited = new Limited<>(actual, failure);
                source.subscribe(limited);
                limited.endAfter(limit.minusNanos(System.nanoTime() - begin), timer);
            }
        };
    }

    /** Schedules tasks. */
    @FunctionalInterface
    public interface Timer {

        /** Runs a task after a delay, unless it is disposed of before. */
        Disposable schedule(Runnable task, Duration delay);

        /** The timer of event loops: of the current one, or of any other if the thread is not an event loop. */
        static Timer of(ScheduledExecutorService loops) {
            return (task, delay) -> {
                Future<?> scheduled = loops.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            };
        }
    }

    private static final class Limited<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final Supplier<? extends Throwable> failure;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile Disposable timer = Disposables.disposed();
        private Subscription work = Operators.emptySubscription();

        Limited(CoreSubscriber<? super T> actual, Supplier<? extends Throwable> failure) {
            this.actual = actual;
            this.failure = failure;
        }

        void endAfter(Duration left, Timer timers) {
            if (ended.get()) {
                return;
            }
            Disposable started = timers.schedule(this::timeOut, left);
            timer = started;
            if (ended.get()) {
                started.dispose();
            }
        }

        private void timeOut() {
            if (end()) {
                work.cancel();
                actual.onError(failure.get());
            }
        }

        /** Ends the work. Returns whether it had not ended before. */
        private boolean end() {
            if (!ended.compareAndSet(false, true)) {
                return false;
            }
            timer.dispose();
            return true;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            work = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void onNext(T value) {
            if (end()) {
                actual.onNext(value);
                actual.onComplete();
            }
        }

        /** Work that was cancelled may fail because of that, which is not to be logged. */
        @Override
        public void onError(Throwable error) {
            if (end()) {
                actual.onError(error);
            }
        }

        @Override
        public void onComplete() {
            if (end()) {
                actual.onComplete();
            }
        }

        @Override
        public void request(long count) {
            work.request(count);
        }

        @Override
        public void cancel() {
            end();
            work.cancel();
        }
    }
}
