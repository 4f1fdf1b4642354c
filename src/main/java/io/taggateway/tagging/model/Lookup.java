package io.taggateway.tagging.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The outcome of the search for one of many objects: it was found, it is absent, or the search failed. */
public sealed interface Lookup<T> {

    /** The object was found. */
    record Found<T>(T value) implements Lookup<T> {}

    /** The object does not exist. */
    record Absent<T>() implements Lookup<T> {}

    /** The request to its vendor failed, or its id is not valid. */
    record Failed<T>(GatewayException failure) implements Lookup<T> {}

    /** The outcome of a completed search for a value that is null if nothing was found. */
    static <T> Lookup<T> of(@Nullable T value) {
        return value == null ? new Absent<>() : new Found<>(value);
    }

    /** The outcome of a search that is empty if nothing was found. */
    static <T> Mono<Lookup<T>> outcomeOf(Mono<? extends T> search) {
        return search.<Lookup<T>>map(Found::new)
                .defaultIfEmpty(new Absent<>())
                .onErrorResume(GatewayException.class, failure -> Mono.just(new Failed<>(failure)));
    }

    /** This outcome with the value mapped, if there is one. */
    default <R> Lookup<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Found<T> found -> new Found<>(change.apply(found.value()));
            case Absent<T> absent -> new Absent<>();
            case Failed<T> failed -> new Failed<>(failed.failure());
        };
    }

    /** The value that was found; empty if it is absent. */
    default Mono<T> toMono() {
        return switch (this) {
            case Found<T> found -> Mono.just(found.value());
            case Absent<T> absent -> Mono.empty();
            case Failed<T> failed -> Mono.error(failed.failure());
        };
    }
}
