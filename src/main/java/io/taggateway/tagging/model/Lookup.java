package io.taggateway.tagging.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The outcome of the search for one of many things: it was found, it is absent, or the search failed. */
public sealed interface Lookup<T> {

    /** It is there. */
    record Found<T>(T value) implements Lookup<T> {}

    /** It is not there. */
    record Absent<T>() implements Lookup<T> {}

    /** The request to its vendor failed, or its id is not valid. */
    record Failed<T>(GatewayException failure) implements Lookup<T> {}

    /** The outcome of a search that has been made; null if it found nothing. */
    static <T> Lookup<T> of(@Nullable T value) {
        return value == null ? new Absent<>() : new Found<>(value);
    }

    /** The outcome of a search: one that ends empty found nothing. */
    static <T> Mono<Lookup<T>> outcomeOf(Mono<? extends T> search) {
        return search.<Lookup<T>>map(Found::new)
                .defaultIfEmpty(new Absent<>())
                .onErrorResume(GatewayException.class, failure -> Mono.just(new Failed<>(failure)));
    }

    /** The same with another value, where there is one. */
    default <R> Lookup<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Found<T> found -> new Found<>(change.apply(found.value()));
            case Absent<T> absent -> new Absent<>();
            case Failed<T> failed -> new Failed<>(failed.failure());
        };
    }

    /** What was found; empty if it is absent. */
    default Mono<T> toMono() {
        return switch (this) {
            case Found<T> found -> Mono.just(found.value());
            case Absent<T> absent -> Mono.empty();
            case Failed<T> failed -> Mono.error(failed.failure());
        };
    }
}
