package io.taggateway.access.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.RunningGateway;
import io.taggateway.support.SettableClock;
import io.taggateway.support.SlowTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the rate limit of addresses. Each test uses its own addresses behind a proxy. */
@SlowTest
class AddressQuotaTests {

    private static final SettableClock CLOCK = new SettableClock(Instant.parse("2026-11-26T10:00:00Z"));

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start(
                Map.of(
                        "SERVER_FORWARD_HEADERS_STRATEGY", "framework",
                        "GATEWAY_LIMITS_ADDRESS_REQUESTS_PER_MINUTE", "3"),
                CLOCK);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void refusesRequestOverTheLimit() {
        use("192.0.2.1");
        EntityExchangeResult<String> refused = post("192.0.2.1", 429);
        HttpHeaders headers = refused.getResponseHeaders();
        assertThat(headers.getFirst("Retry-After")).isEqualTo("20");
        assertThat(headers.getFirst("RateLimit-Policy")).isEqualTo("\"address-requests\";q=3;w=60");
        assertThat(headers.getFirst("RateLimit")).isEqualTo("\"address-requests\";r=0;t=20");
        assertThat(headers.getCacheControl()).isEqualTo("no-store");
        JsonNode error = JsonMapper.shared()
                .readTree(Objects.requireNonNull(refused.getResponseBody()))
                .at("/errors/0");
        assertThat(error.path("message").asString()).isEqualTo("Too many requests come from this address.");
        assertThat(error.at("/extensions/code").asString()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(error.at("/extensions/retryable").asBoolean()).isTrue();
        assertThat(error.at("/extensions/retryAfterSeconds").asInt()).isEqualTo(20);
        assertThat(error.at("/extensions/errorId").asString()).hasSize(36);
    }

    @Test
    void acceptsRequestAfterRetryAfter() {
        use("192.0.2.2");
        post("192.0.2.2", 429);
        CLOCK.advance(Duration.ofSeconds(20));
        post("192.0.2.2", 200);
        post("192.0.2.2", 429);
    }

    @Test
    void limitsOtherPathsButNotHealthAndMetrics() {
        use("192.0.2.3");
        for (String path : new String[] {"/graphql/schema", "/graphiql", "/nothing"}) {
            assertThat(get("192.0.2.3", path, 429).getResponseHeaders().getFirst("Retry-After"))
                    .isEqualTo("20");
        }
        for (String path : new String[] {"/livez", "/readyz", "/actuator/prometheus"}) {
            get("192.0.2.3", path, 200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.4, 192.0.2.5, 200",
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, 429",
        "2001:db8:0:2::1, 2001:db8:0:3::1, 200"
    })
    void countsAnIpv6NetworkAsOneAddress(String address, String other, int status) {
        use(address);
        post(address, 429);
        post(other, status);
    }

    private static void use(String address) {
        for (int i = 0; i < 3; i++) {
            post(address, 200);
        }
    }

    private static EntityExchangeResult<String> post(String address, int status) {
        return gateway.caller()
                .http()
                .post()
                .uri("/graphql")
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", address)
                .bodyValue("{\"query\":\"{ __typename }\"}")
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult();
    }

    private static EntityExchangeResult<String> get(String address, String path, int status) {
        return gateway.caller()
                .http()
                .get()
                .uri(path)
                .header("X-Forwarded-For", address)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .returnResult();
    }
}
