package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import io.taggateway.support.GatewayClient;
import io.taggateway.support.ShortTimeoutTest;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.graphql.ResponseError;
import org.springframework.graphql.test.tester.GraphQlTester;

/** Tests that only the part of a failed vendor is missing, and of the documented errors. */
@ShortTimeoutTest
@ExtendWith(OutputCaptureExtension.class)
@SlowTest
class VendorFailureTests {

    private static final String SECRET_BODY = "{\"errors\": [\"do-not-tell-this\"], \"message\": \"do-not-tell-this\"}";

    private static final String FAILED_BODY = SECRET_BODY.replace("{", "{\"status\": \"fail\", \"data\": {}, ");
    private static final String UNAVAILABLE = "UPSTREAM_UNAVAILABLE";
    private static final String INVALID = "UPSTREAM_INVALID_RESPONSE";

    private final TestGateway gateway;

    VendorFailureTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    /** A failure of a vendor, and the error for it. */
    record Failure(Fault fault, String code, String reason, boolean retryable) {

        static Failure downstream(Fault fault, String reason, boolean retryable) {
            return new Failure(fault, "DOWNSTREAM_SERVICE_ERROR", reason, retryable);
        }
    }

    static Stream<Named<Failure>> failures() {
        return Stream.of(
                Named.of("down", Failure.downstream(Fault.status(503, SECRET_BODY), UNAVAILABLE, true)),
                Named.of("broken", Failure.downstream(Fault.status(500, SECRET_BODY), UNAVAILABLE, true)),
                Named.of("cut off", Failure.downstream(Fault.cutOff(), UNAVAILABLE, true)),
                Named.of("slow", new Failure(Fault.hang(), "GATEWAY_TIMEOUT", UNAVAILABLE, true)),
                Named.of("slow proxy", Failure.downstream(Fault.html(504), UNAVAILABLE, true)),
                Named.of("garbage", Failure.downstream(Fault.garbage(), INVALID, true)),
                Named.of("empty body", Failure.downstream(Fault.emptyBody(), INVALID, true)),
                Named.of("page", Failure.downstream(Fault.html(200), INVALID, true)),
                Named.of("failure inside 200", Failure.downstream(Fault.status(200, FAILED_BODY), INVALID, true)),
                Named.of("list", Failure.downstream(Fault.status(200, "[]"), INVALID, true)),
                Named.of("401", Failure.downstream(Fault.status(401, SECRET_BODY), "UPSTREAM_AUTH_FAILED", false)),
                Named.of("403", Failure.downstream(Fault.status(403, SECRET_BODY), "UPSTREAM_FORBIDDEN", false)),
                Named.of("429", Failure.downstream(Fault.tooManyRequests(), "UPSTREAM_RATE_LIMITED", true)),
                Named.of("422", Failure.downstream(Fault.status(422, SECRET_BODY), "UPSTREAM_REJECTED_INPUT", false)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onlySipsimsPartIsMissingWhenSipsimFails(Failure failure, CapturedOutput log) {
        gateway.sipsim().fail(failure.fault);
        GraphQlTester.Response response = gateway.execute("""
            { tags { totalCount nodes { vendor } sources {
                vendor status fetchedAt error { code reason message retryAfterSeconds } } } }\
            """);
        assertFailed(response, "tags", "SIPSIM", failure, log);
        response.path("tags.totalCount").valueIsNull();
        response.path("tags.nodes").entityList(Map.class).hasSize(12);
        assertSource(response, "tags.sources[0]", "SIPSIM", failure);
        response.path("tags.sources[1].status").entity(String.class).isEqualTo("OK");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onlySwipeOnesPartIsMissingWhenSwipeOneFails(Failure failure, CapturedOutput log) {
        gateway.swipeone().fail(failure.fault);
        GraphQlTester.Response response = gateway.execute("""
            { calls(first: 1) { nodes { id } sources { status } }
              contacts(first: 5) { nodes { id } pageInfo { hasNextPage } sources {
                vendor status fetchedAt error { code reason message retryAfterSeconds } } } }\
            """);
        assertFailed(response, "contacts", "SWIPEONE", failure, log);
        response.path("calls.nodes").entityList(Map.class).hasSize(1);
        response.path("calls.sources[0].status").entity(String.class).isEqualTo("OK");
        response.path("contacts.nodes").entityList(Map.class).hasSize(0);
        assertSource(response, "contacts.sources[0]", "SWIPEONE", failure);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void partIsNullWhenItCannotBeRead(String query, String path, @Nullable String kept) {
        gateway.swipeone().fail(Fault.status(500).on("", "/api"));
        GraphQlTester.Response response = gateway.execute(query);
        assertThat(GatewayClient.errors(response)).allSatisfy(error -> {
            assertThat(error.getPath()).startsWith(path);
            assertThat(error.getExtensions()).containsEntry("service", "SWIPEONE");
        });
        if (kept != null) {
            response.path(kept).hasValue();
        }
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                Arguments.of("{ contact(id: \"swipeone:contact:1\") { id } vendors { vendor } }", "contact", "vendors"),
                Arguments.of(
                        "{ calls(first: 20) { nodes { id contact { id } } } }", "calls.nodes[", "calls.nodes[0].id"),
                Arguments.of(
                        "{ calls(first: 20, filter: {anyTag: [{id: \"swipeone:tag:6682840d9286aa59ee000001\"}]})"
                                + " { nodes { id } sources { status } } vendors { vendor } }",
                        "calls",
                        "vendors"),
                Arguments.of("{ tag(id: \"swipeone:tag:1\") { id } tags { nodes { id } } }", "ta", "tags.nodes[0].id"),
                Arguments.of("{ node(id: \"swipeone:contact:1\") { id } vendors { vendor } }", "node", "vendors"));
    }

    @Test
    void tagsOfContactsAreNullWhenTheTagListCannotBeRead() {
        gateway.swipeone().fail(Fault.status(500).on("GET", "/api/workspaces/5a4db0c0ffee5a4db0c0ffee/tags"));
        GraphQlTester.Response response = gateway.execute("{ contacts(first: 2) { nodes { id tags { name } } } }");
        assertThat(GatewayClient.errors(response))
                .extracting(ResponseError::getPath)
                .containsExactlyInAnyOrder("contacts.nodes[0].tags", "contacts.nodes[1].tags");
        response.path("contacts.nodes[*].id").entityList(String.class).hasSize(2);
        response.path("contacts.nodes[0].tags").valueIsNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void retryAfterSecondsAreReturned(int status) {
        gateway.sipsim().fail(Fault.status(status).retryAfter(Duration.ofSeconds(42)));
        assertWait(gateway.execute("{ calls { sources { error { reason retryAfterSeconds } } } }"), 42, 42);
    }

    @Test
    void retryAfterDateIsReturnedInSeconds() {
        gateway.sipsim()
                .fail(Fault.tooManyRequests()
                        .retryAfter(gateway.clock().instant().plusSeconds(120)));
        assertWait(gateway.execute("{ calls { sources { error { reason retryAfterSeconds } } } }"), 110, 120);
    }

    @Test
    void staleTagsAreReturnedWithTheirFailure() {
        String query = "{ tags { totalCount sources { status fetchedAt error { code reason } } }"
                + " vendors { tagList { count stale } } }";
        gateway.execute(query).path("tags.totalCount").entity(Integer.class).isEqualTo(26);
        gateway.clock().advance(Duration.ofMinutes(20));
        gateway.sipsim().fail(Fault.status(502));
        GraphQlTester.Response response = gateway.execute(query);
        response.path("tags.totalCount").entity(Integer.class).isEqualTo(26);
        response.path("tags.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("STALE", "OK");
        response.path("tags.sources[0].fetchedAt").hasValue();
        response.path("tags.sources[0].error")
                .matchesJsonStrictly("{\"code\": \"DOWNSTREAM_SERVICE_ERROR\", \"reason\": \"UPSTREAM_UNAVAILABLE\"}");
        gateway.execute(query).path("vendors[0].tagList").matchesJsonStrictly("{\"count\": 14, \"stale\": true}");
    }

    @Test
    void noStaleTagsAreReturnedWhenCredentialsAreRefused() {
        gateway.execute("{ tags { totalCount } }")
                .path("tags.totalCount")
                .entity(Integer.class)
                .isEqualTo(26);
        gateway.clock().advance(Duration.ofMinutes(20));
        gateway.sipsim().fail(Fault.status(401));
        GraphQlTester.Response response = gateway.execute("{ tags { totalCount nodes { id } sources { status } } }");
        assertThat(GatewayClient.errors(response)).hasSize(1);
        response.path("tags.totalCount").valueIsNull();
        response.path("tags.nodes").entityList(Map.class).hasSize(12);
        response.path("tags.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("FAILED", "OK");
    }

    @Test
    void returnsTwoErrorsAndAnEmptyListWhenBothVendorsAreDown() {
        gateway.sipsim().fail(Fault.status(500));
        gateway.swipeone().fail(Fault.garbage());
        GraphQlTester.Response response = gateway.execute("{ tags { totalCount nodes { id } sources { status } } }");
        assertThat(GatewayClient.errors(response))
                .extracting(error -> error.getExtensions().get("reason"))
                .containsExactly("UPSTREAM_UNAVAILABLE", "UPSTREAM_INVALID_RESPONSE");
        response.path("tags.totalCount").valueIsNull();
        response.path("tags.nodes").entityList(Map.class).hasSize(0);
        response.path("tags.sources[?(@.status != 'SKIPPED')].status")
                .entityList(String.class)
                .containsExactly("FAILED", "FAILED");
    }

    private static void assertFailed(
            GraphQlTester.Response response, String path, String service, Failure failure, CapturedOutput log) {
        List<ResponseError> errors = GatewayClient.errors(response);
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.getPath()).isEqualTo(path);
            assertThat(error.getLocations()).isNotEmpty();
            assertThat(error.getExtensions())
                    .containsEntry("code", failure.code)
                    .containsEntry("service", service)
                    .containsEntry("reason", failure.reason)
                    .containsEntry("retryable", failure.retryable)
                    .containsKeys("classification", "errorId")
                    .doesNotContainKey("retryAfterSeconds");
            assertThat(log.getOut()).contains("errorId=" + error.getExtensions().get("errorId"));
        });
        assertThat(errors + response.returnResponse().toMap().toString() + log.getAll())
                .doesNotContain(
                        "do-not-tell-this",
                        "127.0.0.1",
                        "/api/",
                        "html",
                        SipsimOptions.ACCESS_TOKEN,
                        SwipeOneOptions.API_KEY,
                        SwipeOneOptions.WORKSPACE_ID);
    }

    private static void assertSource(GraphQlTester.Response response, String path, String vendor, Failure failure) {
        response.path(path + ".vendor").entity(String.class).isEqualTo(vendor);
        response.path(path + ".status").entity(String.class).isEqualTo("FAILED");
        response.path(path + ".fetchedAt").valueIsNull();
        response.path(path + ".error.code").entity(String.class).isEqualTo(failure.code);
        response.path(path + ".error.reason").entity(String.class).isEqualTo(failure.reason);
        response.path(path + ".error.message").entity(String.class).isNotEqualTo("");
        response.path(path + ".error.retryAfterSeconds").valueIsNull();
    }

    private static void assertWait(GraphQlTester.Response response, int least, int most) {
        assertThat(GatewayClient.errors(response)).singleElement().satisfies(error -> {
            assertThat(error.getExtensions())
                    .containsEntry("reason", "UPSTREAM_RATE_LIMITED")
                    .containsEntry("retryable", true);
            assertThat((Integer) error.getExtensions().get("retryAfterSeconds")).isBetween(least, most);
        });
        response.path("calls.sources[0].error.retryAfterSeconds")
                .entity(Integer.class)
                .matches(seconds -> seconds >= least && seconds <= most);
    }
}
