package io.taggateway.api;

import io.taggateway.tagging.source.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.dataloader.Try;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Hands on what became of things that were asked for together. */
final class Outcomes {

    private Outcomes() {}

    /** What became of one of them; empty where nothing did. */
    static <V> Mono<V> one(@Nullable Outcome<V> outcome) {
        return switch (outcome) {
            case Outcome.Found<V> found -> Mono.just(found.value());
            case Outcome.Failed<V> failed -> Mono.error(failed.failure());
            case null -> Mono.empty();
        };
    }

    /** For a data loader, which gives each field its own value or error. */
    static <K, V> Map<K, Try<V>> each(Map<K, Outcome<V>> outcomes) {
        Map<K, Try<V>> tries = new HashMap<>();
        outcomes.forEach((key, outcome) -> tries.put(
                key,
                switch (outcome) {
                    case Outcome.Found<V> found -> Try.succeeded(found.value());
                    case Outcome.Failed<V> failed -> Try.failed(failed.failure());
                }));
        return tries;
    }
}
