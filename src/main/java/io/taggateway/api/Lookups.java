package io.taggateway.api;

import io.taggateway.tagging.model.Lookup;
import java.util.HashMap;
import java.util.Map;
import org.dataloader.Try;

/** The outcomes of many searches, as a data loader takes them. */
final class Lookups {

    private Lookups() {}

    /** Gives each field its own value or error; one whose value is absent has none. */
    static <K, V> Map<K, Try<V>> each(Map<K, Lookup<V>> lookups) {
        Map<K, Try<V>> tries = new HashMap<>();
        lookups.forEach((key, lookup) -> {
            switch (lookup) {
                case Lookup.Found<V> found -> tries.put(key, Try.succeeded(found.value()));
                case Lookup.Absent<V> absent -> {}
                case Lookup.Failed<V> failed -> tries.put(key, Try.failed(failed.failure()));
            }
        });
        return tries;
    }
}
