package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Sinks;

/** How often a stream ends for whoever is behind it. */
class UnsubscribableFluxTests {

    private final AtomicInteger ends = new AtomicInteger();
    private final Sinks.Many<String> source = Sinks.many().unicast().onBackpressureBuffer();
    private final UnsubscribableFlux<String> stream = new UnsubscribableFlux<>(source.asFlux());

    @Test
    void streamThatIsCancelledEndsWhenItIsUnsubscribed() {
        Counting counting = new Counting(ends);
        stream.subscribe(counting);
        counting.cancel();
        assertThat(ends).hasValue(0);
        stream.unsubscribe();
        assertThat(ends).hasValue(1);
    }

    @Test
    void streamThatHasEndedDoesNotEndAgain() {
        Counting counting = new Counting(ends);
        stream.subscribe(counting);
        source.tryEmitComplete();
        stream.unsubscribe();
        stream.unsubscribe();
        assertThat(ends).hasValue(1);
    }

    private static final class Counting implements CoreSubscriber<String> {

        private final AtomicInteger ends;
        private @Nullable Subscription subscription;

        Counting(AtomicInteger ends) {
            this.ends = ends;
        }

        void cancel() {
            Objects.requireNonNull(subscription).cancel();
        }

        @Override
        public void onSubscribe(Subscription source) {
            subscription = source;
            source.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String value) {}

        @Override
        public void onError(Throwable error) {
            ends.incrementAndGet();
        }

        @Override
        public void onComplete() {
            ends.incrementAndGet();
        }
    }
}
