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

/** What tests expect of answers and failures. */
public final class Failures {

    private static final Duration LONG = Duration.ofSeconds(20);

    private Failures() {}

    /** The answer, which has to come, in an operation of its own where it has none. */
    public static <T> T require(Mono<T> answer) {
        return Objects.requireNonNull(
                answer.contextWrite(TestOperation.context()).block(LONG));
    }

    /** What was found, which has to be all. */
    public static <T> List<T> found(Mono<List<Lookup<T>>> answer) {
        return require(answer).stream().map(Failures::found).toList();
    }

    /** What was found for each key, which has to be all. */
    public static <K, T> Map<K, T> foundEach(Mono<Map<K, Lookup<T>>> answer) {
        Map<K, T> all = new HashMap<>();
        require(answer).forEach((key, outcome) -> all.put(key, found(outcome)));
        return all;
    }

    /** What was found, which has to be there. */
    public static <T> T found(Lookup<T> outcome) {
        return switch (outcome) {
            case Lookup.Found<T> found -> found.value();
            case Lookup.Absent<T> absent -> throw new AssertionError(absent);
            case Lookup.Failed<T> failed -> throw new AssertionError(failed.failure());
        };
    }

    /** Verifies that a request fails as a breakdown of its vendor does. */
    public static void verify(Mono<?> answer, Vendor vendor, Breakdown breakdown) {
        TestOperation.verify(answer)
                .expectErrorSatisfies(error -> verify(error, vendor, breakdown))
                .verify(LONG);
    }

    /** Verifies that a failure is that of a vendor with a breakdown. */
    static void verify(Throwable error, Vendor vendor, Breakdown breakdown) {
        assertThat(error).isInstanceOfSatisfying(SourceException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(breakdown.reason());
            assertThat(failure.vendor()).isEqualTo(vendor);
        });
    }
}
