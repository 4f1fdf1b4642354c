package io.taggateway.tagging.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.Lookup;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.TestOperation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** Assertions on results and failures of sources. */
public final class SourceAssertions {

    private static final Duration LONG = Duration.ofSeconds(20);

    private SourceAssertions() {}

    /** The result, which must not be empty; subscribed to in a new operation if there is none. */
    public static <T> T require(Mono<T> response) {
        return Objects.requireNonNull(
                response.contextWrite(TestOperation.context()).block(LONG));
    }

    /** The values that were found; fails if one was not. */
    public static <T> List<T> found(Mono<List<Lookup<T>>> response) {
        return require(response).stream().map(SourceAssertions::found).toList();
    }

    /** The value that was found for each key; fails if one was not. */
    public static <K, T> Map<K, T> foundEach(Mono<Map<K, Lookup<T>>> response) {
        Map<K, T> all = new HashMap<>();
        require(response).forEach((key, outcome) -> all.put(key, found(outcome)));
        return all;
    }

    /** The value that was found; fails if there is none. */
    public static <T> T found(Lookup<T> outcome) {
        return switch (outcome) {
            case Lookup.Found<T> found -> found.value();
            case Lookup.Absent<T> absent -> throw new AssertionError(absent);
            case Lookup.Failed<T> failed -> throw new AssertionError(failed.failure());
        };
    }

    /** Verifies that a request fails with the reason of a fault. */
    public static void verify(Mono<?> response, Vendor vendor, SourceFault breakdown) {
        TestOperation.verify(response.timeout(LONG)).verifyErrorSatisfies(error -> verify(error, vendor, breakdown));
    }

    /** Verifies that a failure has the vendor and the reason of a fault. */
    static void verify(Throwable error, Vendor vendor, SourceFault breakdown) {
        assertThat(error).isInstanceOfSatisfying(SourceException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(breakdown.reason());
            assertThat(failure.vendor()).isEqualTo(vendor);
        });
    }
}
