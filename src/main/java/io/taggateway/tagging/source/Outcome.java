package io.taggateway.tagging.source;

import io.taggateway.tagging.model.SourceException;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** What became of one of many things that were asked for together. */
public sealed interface Outcome<T> {

    /** It is there. */
    record Found<T>(T value) implements Outcome<T> {}

    /** Its vendor could not be asked for it. */
    record Failed<T>(SourceException failure) implements Outcome<T> {}

    /** What becomes of a read; empty where it is. */
    static <T> Mono<Outcome<T>> of(Mono<T> read) {
        return read.<Outcome<T>>map(Found::new)
                .onErrorResume(SourceException.class, failure -> Mono.just(new Failed<>(failure)));
    }

    /** The same with another value, where there is one. */
    default <R> Outcome<R> map(Function<T, R> change) {
        return switch (this) {
            case Found<T> found -> new Found<>(change.apply(found.value()));
            case Failed<T> failed -> new Failed<>(failed.failure());
        };
    }
}
