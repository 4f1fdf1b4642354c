package io.taggateway.tagging.model;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What became of the search for one object among many: it was found, it is not there, or nobody could say.
 *
 * @param found null where there is none
 * @param failure why nobody could say; null where somebody did
 */
public record Lookup<T>(@Nullable T found, @Nullable GatewayException failure) {

    /** The object; null where there is none. */
    public static <T> Lookup<T> of(@Nullable T found) {
        return new Lookup<>(found, null);
    }

    /** An object of which nobody could say whether it is there. */
    public static <T> Lookup<T> failed(GatewayException failure) {
        return new Lookup<>(null, failure);
    }

    public Lookup<Object> asObject() {
        return new Lookup<>(found, failure);
    }

    /** The outcome of a search: one that ends empty found nothing. */
    public static <T> Mono<Lookup<T>> outcomeOf(Mono<T> search) {
        return search.map(Lookup::of)
                .defaultIfEmpty(of(null))
                .onErrorResume(GatewayException.class, failure -> Mono.just(failed(failure)));
    }
}
