package io.taggateway.access.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of the headers, which are lists of strings with parameters (RFC 9651). */
class RateLimitHeaderTests {

    private static final String POLICY = "\"[ -~&&[^\"\\\\]]+\";q=\\d{1,15};w=[1-9]\\d{0,14}";
    private static final String STATE = "\"[ -~&&[^\"\\\\]]+\";r=\\d{1,15};t=\\d{1,15}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "requests | 3          | true  | 2     | 0    | \"requests\";q=3;w=60     | \"requests\";r=2;t=20",
                "requests | 3          | false | 0     | 4200 | \"requests\";q=3;w=60     | \"requests\";r=0;t=5",
                "requests | 3          | false | 0     | 0    | \"requests\";q=3;w=60     | \"requests\";r=0;t=1",
                "cost     | 600        | false | 575   | 2500 | \"cost\";q=600;w=60       | \"cost\";r=575;t=1",
                "requests | 60000      | true  | 59999 | 0    | \"requests\";q=60000;w=60 | \"requests\";r=59999;t=1",
                "a-b      | 2147483647 | true  | 0     | 0    | \"a-b\";q=2147483647;w=60 | \"a-b\";r=0;t=1"
            })
    void headersHaveTheFormatOfTheDraft(
            String limit, long perMinute, boolean taken, long left, long waitMillis, String policy, String state) {
        long wait = Duration.ofMillis(waitMillis).toNanos();
        ConsumptionProbe probe =
                taken ? ConsumptionProbe.consumed(left, wait) : ConsumptionProbe.rejected(left, wait, wait);
        assertThat(RateLimitHeader.policy(limit, perMinute)).isEqualTo(policy).matches(POLICY);
        assertThat(RateLimitHeader.state(limit, perMinute, probe))
                .isEqualTo(state)
                .matches(STATE);
    }

    @ParameterizedTest
    @CsvSource({"3, 20000", "3, 100", "600, 2500", "600, 60000"})
    void windowEndsNoLaterThanRetryAfter(long perMinute, long waitMillis) {
        long wait = Duration.ofMillis(waitMillis).toNanos();
        ConsumptionProbe probe = ConsumptionProbe.rejected(0, wait, wait);
        String state = RateLimitHeader.state("requests", perMinute, probe);
        assertThat(Long.parseLong(state.substring(state.indexOf(";t=") + 3)))
                .isLessThanOrEqualTo(RateLimitHeader.retryAfter(probe));
    }
}
