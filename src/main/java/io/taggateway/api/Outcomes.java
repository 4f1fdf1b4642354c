package io.taggateway.api;

import io.taggateway.tagging.source.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.dataloader.Try;

/** Hands what became of many things to a data loader, which gives each field its own value or error. */
final class Outcomes {

    private Outcomes() {}

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
