package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of requests from other origins if CORS allows one of them. */
@SlowTest
class AllowedOriginTests {

    private static final Map<String, String> TAGS = Map.of("query", "{ tags { totalCount } }");

    private static SandboxedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = SandboxedGateway.start(Map.of(
                "spring.graphql.cors.allowed-origins",
                "https://app.example",
                "spring.graphql.cors.allowed-methods",
                "GET,POST"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example, cross-site, 200",
        "https://app.example, same-site, 200",
        "https://evil.example, cross-site, 403",
        "http://app.example, cross-site, 403",
        "null, cross-site, 403"
    })
    void onlyAllowedOriginsAreAccepted(String origin, String site, int status) {
        HttpCaller caller = new HttpCaller(gateway.url());
        String[] headers = {"Content-Type", "application/json", "Origin", origin, "Sec-Fetch-Site", site};
        assertThat(caller.get(TAGS, headers).statusCode()).isEqualTo(status);
        assertThat(caller.post("{\"query\":\"{ tags { totalCount } }\"}", headers)
                        .statusCode())
                .isEqualTo(status);
    }
}
