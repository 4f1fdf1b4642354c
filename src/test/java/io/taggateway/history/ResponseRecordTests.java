package io.taggateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that violations are found, and that documented responses have none. */
class ResponseRecordTests {

    private static final String DATA = "{\"data\":{\"tags\":[{\"name\":\"Only acme 1\"}]}}";

    private final ResponseRecord responses = new ResponseRecord(Duration.ofNanos(100));

    @Test
    void findsNothingInResponsesAsDocumented() {
        responses.add("acme", "{tags}", 200, DATA, 0, 100);
        responses.add("acme", "{tags}", 503, error("SERVICE_UNAVAILABLE", ""), 0, 10);
        responses.add("acme", "{tags}", 504, error("GATEWAY_TIMEOUT", ""), 0, 10);
        responses.add("acme", "{tags}", 200, error("DOWNSTREAM_SERVICE_ERROR", "CLUSTER_UNAVAILABLE"), 0, 10);
        assertThat(responses.violations()).isEmpty();
        assertThat(responses.size()).isEqualTo(4);
    }

    @Test
    void findsDataOfAnotherTenant() {
        responses.add("bolt", "{tags}", 200, DATA, 0, 1);
        responses.checkTenant("acme", "{\"data\":{\"name\":\"only_bolt\"}}");
        assertThat(responses.violations())
                .containsExactly("Tenant bolt received data of acme", "Tenant acme received data of bolt");
    }

    @Test
    void findsAResponseAfterTheDeadline() {
        responses.add("acme", "{late}", 200, DATA, 0, 101);
        assertThat(responses.violations()).hasSize(1).first().asString().contains("{late}");
    }

    @Test
    void timeOfAPauseIsNotCounted() {
        responses.add("acme", "{late}", 200, DATA, 0, 150);
        responses.add("acme", "{later}", 200, DATA, 0, 151);
        responses.paused(-20, 10);
        responses.paused(50, 90);
        assertThat(responses.violations()).hasSize(1).first().asString().contains("{later}");
    }

    @Test
    void findsALostResponseUnlessAGatewayWasEnded() {
        responses.lost("{ended}", 10, 20);
        responses.lost("{before}", 0, 14);
        responses.lost("{after}", 41, 50);
        responses.ended(15, 40);
        assertThat(responses.violations()).containsExactly("No response: {before}", "No response: {after}");
    }

    @ParameterizedTest
    @CsvSource({
        "200, INTERNAL_SERVER_ERROR, ''",
        "500, SERVICE_UNAVAILABLE, ''",
        "200, DOWNSTREAM_SERVICE_ERROR, UPSTREAM_AUTH_FAILED",
        "401, UNAUTHENTICATED, ''"
    })
    void findsAnErrorThatTheContractDoesNotName(int status, String code, String reason) {
        responses.add("acme", "{tags}", status, error(code, reason), 0, 1);
        assertThat(responses.violations()).hasSize(1).first().asString().startsWith("Not in the contract");
    }

    @Test
    void findsTheErrorOfAResult() {
        responses.add(
                "acme",
                "mutation",
                200,
                "{\"data\":{\"a\":{\"result\":{\"error\":{\"code\":\"INTERNAL_SERVER_ERROR\"}}}}}",
                0,
                1);
        assertThat(responses.violations()).hasSize(1);
    }

    @Test
    void findsAResponseThatIsNotJson() {
        responses.add("acme", "{tags}", 200, "<html>", 0, 1);
        assertThat(responses.violations()).hasSize(1).first().asString().startsWith("Not JSON");
    }

    private static String error(String code, String reason) {
        return "{\"errors\":[{\"extensions\":{\"code\":\"" + code + "\",\"reason\":\"" + reason + "\"}}]}";
    }
}
