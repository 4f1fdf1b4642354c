package io.taggateway.access.streaming;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
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
        Passage<T> passage = new Passage<>(actual);
        unsubscription = passage::end;
        source.subscribe(passage);
    }

    /** Ends the stream, which has been cancelled by now. */
    void unsubscribe() {
        unsubscription.run();
    }

    private record Passage<T>(CoreSubscriber<? super T> actual) implements CoreSubscriber<T> {

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
            actual.onError(error);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }

        void end() {
            actual.onComplete();
        }
    }
}
