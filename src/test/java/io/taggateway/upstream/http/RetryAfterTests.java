package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What vendors' {@code Retry-After} means. */
class RetryAfterTests {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-10-21T07:28:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "7 | PT7S",
                "' 120 ' | PT2M",
                "999999999 | PT1H",
                "Wed, 21 Oct 2026 07:28:30 GMT | PT30S",
                "Wed, 21 Oct 2026 07:27:00 GMT | PT0S",
                "Fri, 21 Oct 2033 07:28:30 GMT | PT1H",
            })
    void waitIsInSecondsOrUntilADateAndAnHourAtMost(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, clock)).isEqualTo(wait);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999", "Wed, 99 Oct 2026 07:28:30 GMT"})
    void waitIsUnknownWhereTheHeaderCannotBeRead(@Nullable String header) {
        assertThat(RetryAfter.parse(header, clock)).isNull();
    }
}
