package io.taggateway.tagging.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What tests expect of answers and failures. */
public final class Failures {

    private static final Duration LONG = Duration.ofSeconds(20);

    private Failures() {}

    /** The answer, which has to come. */
    public static <T> T require(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(LONG));
    }

    /** Verifies that a request fails as a breakdown of its vendor does. */
    public static void verify(Mono<?> answer, Vendor vendor, Breakdown breakdown) {
        StepVerifier.create(answer)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(SourceException.class, failure -> {
                            assertThat(failure.reason()).isEqualTo(breakdown.reason());
                            assertThat(failure.vendor()).isEqualTo(vendor);
                        }))
                .verify(LONG);
    }
}
