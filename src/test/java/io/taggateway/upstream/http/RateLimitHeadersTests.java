package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** Tests of the time to wait in vendors' headers. */
class RateLimitHeadersTests {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-10-21T07:28:00Z"));
    private final HttpHeaders headers = new HttpHeaders();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "7 | PT7S",
                "' 120 ' | PT2M",
                "1.5 | PT2S",
                "30.5 | PT31S",
                "999999999 | PT1H",
                "Wed, 21 Oct 2026 07:28:30 GMT | PT30S",
                "Wed, 21 Oct 2026 07:27:00 GMT | PT0S",
                "Fri, 21 Oct 2033 07:28:30 GMT | PT1H",
                "2026-10-21T07:28:30Z | PT30S",
                "2026-10-21T09:28:30+02:00 | PT30S",
            })
    void waitIsInSecondsOrUntilADateAndAnHourAtMost(String header, Duration wait) {
        headers.set("Retry-After", header);
        assertThat(retryAfter()).isEqualTo(wait);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "1.5s", "99999999999999999999", "Wed, 99 Oct 2026 07:28:30 GMT"})
    void waitIsUnknownWhenTheHeaderCannotBeRead(@Nullable String header) {
        if (header != null) {
            headers.set("Retry-After", header);
        }
        assertThat(retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RateLimit | \"default\";r=0;t=30 | PT30S",
                "RateLimit | limit=100, remaining=0, reset=45 | PT45S",
                "RateLimit-Reset | 20 | PT20S",
                "X-RateLimit-Reset | 25 | PT25S",
                "X-RateLimit-Reset | 1792567710 | PT30S",
                "X-RateLimit-Reset | 1792567710000 | PT30S",
                "X-RateLimit-Reset | 1792567010 | PT0S",
                "X-RateLimit-Reset | 2026-10-21T07:28:30Z | PT30S",
            })
    void waitIsReadFromTheHeadersOfRateLimits(String name, String value, Duration wait) {
        headers.set(name, value);
        assertThat(retryAfter()).isEqualTo(wait);
    }

    @Test
    void waitUntilADateIsMeasuredByTheClockOfTheVendor() {
        headers.set("Date", "Wed, 21 Oct 2026 06:00:00 GMT");
        headers.set("Retry-After", "Wed, 21 Oct 2026 06:00:10 GMT");
        assertThat(retryAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    private @Nullable Duration retryAfter() {
        return new RateLimitHeaders(headers, clock).retryAfter();
    }
}
