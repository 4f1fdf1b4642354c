package io.taggateway.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SettableClock;
import io.taggateway.tagging.directory.VendorAccount.Condition;
import io.taggateway.tagging.directory.VendorState.CircuitState;
import io.taggateway.tagging.directory.VendorState.VendorStatus;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SampleFactory;
import io.taggateway.tagging.source.SourceAssertions;
import io.taggateway.upstream.http.ScriptedServer.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Tests of rate limits with status 403, over real HTTP. */
class RateLimitResponseTests {

    private static final UpstreamRequest TAGS = UpstreamRequest.get("listTags", "/tags");

    private final SettableClock clock = new SettableClock(SampleFactory.NOON);
    private final UpstreamFixture kit = new UpstreamFixture(clock);
    private final ScriptedServer server = new ScriptedServer();
    private final UpstreamClient client = kit.client(Vendor.SIPSIM, server.baseUrl());

    @AfterEach
    void close() {
        kit.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-RateLimit-Remaining: 0; X-RateLimit-Reset: 30 | 30",
                "X-RateLimit-Remaining: 0; X-RateLimit-Reset: 1772625630 | 30",
                "RateLimit-Remaining: 0; RateLimit-Reset: 20 | 20",
                "Retry-After: 12 | 12",
                "Retry-After: Wed, 04 Mar 2026 12:01:30 GMT | 90",
                "X-RateLimit-Remaining: 5; Retry-After: 7 | 7"
            })
    void nothingIsSentUntilTheWaitIsOverWhenForbiddenStatesARateLimit(String headers, long seconds) {
        server.answer(new Reply(403, headers(headers), new byte[0]), Reply.json("{}"));
        Duration wait = Duration.ofSeconds(seconds);
        assertThat(failure())
                .hasFieldOrPropertyWithValue("reason", FailureReason.RATE_LIMITED)
                .hasFieldOrPropertyWithValue("retryAfter", wait);
        assertThat(kit.condition())
                .isEqualTo(new Condition(VendorStatus.DEGRADED, CircuitState.CLOSED, SampleFactory.NOON.plus(wait)));
        assertThat(failure().reason()).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(server.requests()).hasSize(1);
        clock.advance(wait);
        SourceAssertions.require(UpstreamFixture.send(client, TAGS));
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "Wed, 04 Mar 2026 11:00:00 GMT"})
    void waitIsThatOfTheGatewayWhenTheVendorStatesAShorterOne(String retryAfter) {
        server.answer(Reply.status(429, Map.of("Retry-After", retryAfter)));
        for (int seconds : new int[] {1, 2, 4}) {
            Duration wait = Duration.ofSeconds(seconds);
            assertThat(failure()).hasFieldOrPropertyWithValue("retryAfter", wait);
            assertThat(failure()).hasFieldOrPropertyWithValue("retryAfter", wait);
            clock.advance(wait);
        }
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void nothingIsSentForAWhileWhenForbiddenStatesARateLimitWithoutAWait() {
        server.answer(Reply.status(403, Map.of("X-RateLimit-Remaining", "0")));
        assertThat(failure().reason()).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(kit.condition().coolDownUntil()).isAfter(SampleFactory.NOON);
        assertThat(failure().reason()).isEqualTo(FailureReason.RATE_LIMITED);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"X-RateLimit-Remaining, 5", "X-RateLimit-Reset, 30", "X-Other, 0"})
    void forbiddenIsNoRateLimitWhenRequestsRemain(String name, String value) {
        server.answer(Reply.status(403, Map.of(name, value)));
        assertThat(failure().reason()).isEqualTo(FailureReason.FORBIDDEN);
        assertThat(kit.condition().coolDownUntil()).isNull();
        assertThat(failure().reason()).isEqualTo(FailureReason.FORBIDDEN);
        assertThat(server.requests()).hasSize(2);
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new HashMap<>();
        for (String header : text.split("; ", -1)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 2));
        }
        return headers;
    }

    private SourceException failure() {
        return (SourceException) SourceAssertions.require(client.fetch(TAGS, (fields, at) -> "")
                .map(response -> new Throwable())
                .onErrorResume(Mono::just));
    }
}
