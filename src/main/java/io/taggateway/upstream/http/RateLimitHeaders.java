package io.taggateway.upstream.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Reads the time to wait from a response: from {@code Retry-After}, {@code RateLimit}
 * (draft-ietf-httpapi-ratelimit-headers) or {@code X-RateLimit-Reset}, which many vendors send.
 */
record RateLimitHeaders(HttpHeaders headers, Clock clock) {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,9})?");
    private static final Pattern RESET = Pattern.compile("(?i)\\b(?:t|reset)\\s*=\\s*([0-9]{1,9})\\b");

    /** A larger number of seconds is an instant, in seconds since 1970 (this one is in 2001). */
    private static final long LARGEST_WAIT = 1_000_000_000;

    private static final long LARGEST_SECOND = 100_000_000_000L;

    /** Whether the response is about the rate, whatever its status. */
    boolean limit() {
        return headers.containsHeader(HttpHeaders.RETRY_AFTER)
                || "0".equals(headers.getFirst("X-RateLimit-Remaining"))
                || "0".equals(headers.getFirst("RateLimit-Remaining"));
    }

    /** The time to wait, at most an hour; null if no header can be read. */
    @Nullable
    Duration retryAfter() {
        Duration wait = duration(headers.getFirst(HttpHeaders.RETRY_AFTER));
        if (wait == null) {
            Matcher reset = RESET.matcher(String.valueOf(headers.getFirst("RateLimit")));
            wait = reset.find() ? duration(reset.group(1)) : duration(headers.getFirst("RateLimit-Reset"));
        }
        if (wait == null) {
            wait = duration(headers.getFirst("X-RateLimit-Reset"));
        }
        if (wait == null || wait.isNegative()) {
            return wait == null ? null : Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private @Nullable Duration duration(@Nullable String value) {
        String text = value == null ? "" : value.strip();
        if (SECONDS.matcher(text).matches()) {
            long number = new BigDecimal(text).setScale(0, RoundingMode.CEILING).longValueExact();
            if (number < LARGEST_WAIT) {
                return Duration.ofSeconds(number);
            }
            return until(number < LARGEST_SECOND ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number));
        }
        Instant date = date(text, DateTimeFormatter.RFC_1123_DATE_TIME);
        date = date == null ? date(text, DateTimeFormatter.ISO_DATE_TIME) : date;
        return date == null ? null : until(date);
    }

    /** Compared with the vendor's own {@code Date} if it has one, as the gateway's clock may differ. */
    private Duration until(Instant instant) {
        Instant now = date(String.valueOf(headers.getFirst(HttpHeaders.DATE)), DateTimeFormatter.RFC_1123_DATE_TIME);
        return Duration.between(now == null ? clock.instant() : now, instant);
    }

    private static @Nullable Instant date(String text, DateTimeFormatter format) {
        try {
            return ZonedDateTime.parse(text, format).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
