package io.taggateway.access.streaming;

import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A stream that can be completed for whoever is behind it. When a client unsubscribes, the framework cancels a stream
 * in the middle, and what is behind would wait for its end and keep one of the socket's few places for ever.
 */
final class UnsubscribableFlux<T> extends Flux<T> {

    private final Flux<T> source;
    private volatile Runnable unsubscription = () -> {};

    UnsubscribableFlux(Flux<T> source) {
        this.source = source;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Passage<T> passage = new Passage<>(actual, new AtomicBoolean());
        unsubscription = passage::end;
        source.subscribe(passage);
    }

    /** Ends the stream, which has been cancelled by now. */
    void unsubscribe() {
        unsubscription.run();
    }

    private record Passage<T>(CoreSubscriber<? super T> actual, AtomicBoolean ended) implements CoreSubscriber<T> {

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            actual.onSubscribe(subscription);
        }

        @Override
        public void onNext(T value) {
            actual.onNext(value);
        }

        @Override
        public void onError(Throwable error) {
            if (ended.compareAndSet(false, true)) {
                actual.onError(error);
            } else {
                Operators.onErrorDropped(error, currentContext());
            }
        }

        @Override
        public void onComplete() {
            end();
        }

        /** Whoever unsubscribes may do so at the moment of the end. */
        void end() {
            if (ended.compareAndSet(false, true)) {
                actual.onComplete();
            }
        }
    }
}
