package io.taggateway.access.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.support.NodeScript;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.json.JsonMapper;

/** Tests with public clients of both transports. {@code subscriptions.mjs} collects the results in one run. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class SubscriptionClientsTests {

    private static final String SECRET = "whsec-of-a-test";

    private ClientReport report;

    @BeforeAll
    void listen() throws Exception {
        Map<String, String> variables = Map.of(
                "SIPSIM_WEBHOOK_SECRET",
                SECRET,
                "SIPSIM_RESPONSE_TIMEOUT",
                "5s",
                "GATEWAY_REQUEST_TIMEOUT",
                "2s",
                "GATEWAY_SUBSCRIPTIONS_POLL_INTERVAL",
                "200ms",
                "GATEWAY_SUBSCRIPTIONS_MAX_PER_CONNECTION",
                "10");
        try (SandboxedGateway gateway = SandboxedGateway.start(variables)) {
            String json = NodeScript.named("subscriptions.mjs")
                    .run(gateway.url(), gateway.sandbox().sipsim().baseUrl(), SipsimOptions.ACCESS_TOKEN, SECRET);
            report = JsonMapper.shared().readValue(json, ClientReport.class);
        }
    }

    @Test
    void everySubscriberReceivesEveryChangeOnce() {
        assertThat(report.all())
                .hasSize(3)
                .allSatisfy(changes -> assertThat(changes)
                        .containsExactly(
                                "SIPSIM CREATED Gold (null) of SIPSIM, was undefined",
                                "SWIPEONE CREATED Gold (null) of SIPSIM+SWIPEONE, was undefined",
                                "SIPSIM CREATED Elsewhere (Not here) of SIPSIM, was undefined",
                                "SIPSIM UPDATED Somewhere (Not here) of SIPSIM, was Elsewhere",
                                "SIPSIM DELETED null, was Somewhere",
                                "SIPSIM UPDATED GOLD (null) of SIPSIM+SWIPEONE, was Gold"));
    }

    @Test
    void subscriberOfOneVendorReceivesNoEventsOfOthers() {
        assertThat(report.swipeone()).singleElement().asString().startsWith("SWIPEONE CREATED ");
    }

    @Test
    void changesOfTagsOfCallsAreReceivedFromWritesAndWebhooks() {
        String call = report.call();
        assertThat(report.subjects())
                .hasSize(2)
                .allSatisfy(changes -> assertThat(changes)
                        .containsExactly(
                                call + " true Gold, added Gold, removed ",
                                "sipsim:call:nobody false Gold+VIP, added ?, removed ?",
                                "sipsim:call:nobody false VIP, added , removed Gold"));
        assertThat(report.one()).containsExactly(call);
        assertThat(report.webhooks()).containsExactly(204, 204, 204);
    }

    @Test
    void timedOutOperationEndsWithoutEndingSubscriptions() {
        assertThat(report.late()).containsExactly("GATEWAY_TIMEOUT");
    }

    @Test
    void queriesAndMutationsAreExecuted() {
        assertThat(report.operations())
                .containsEntry("query", answer("{\"tags\":{\"totalCount\":28}}"))
                .containsEntry("queryByEvents", answer("{\"tags\":{\"totalCount\":28}}"))
                .containsEntry("mutation", answer("{\"addTags\":{\"result\":{\"status\":\"FAILED\"}}}"));
    }

    @Test
    void errorsHaveTheFormOfTheirProtocol() {
        assertThat(report.errors())
                .containsEntry("syntax", "GRAPHQL_PARSE_FAILED GRAPHQL_PARSE_FAILED 0 1")
                .containsEntry("validation", "GRAPHQL_VALIDATION_FAILED GRAPHQL_VALIDATION_FAILED 0 1")
                .containsEntry("id", "BAD_USER_INPUT BAD_USER_INPUT 0 1")
                .containsEntry("tagId", "BAD_USER_INPUT BAD_USER_INPUT 0 1")
                .containsEntry("depth", "MAX_DEPTH_LIMIT MAX_DEPTH_LIMIT 0 1");
    }

    @Test
    void socketStaysOpenAfterManySubscriptions() {
        assertThat(report.afterMany()).isEqualTo(answer("{\"tags\":{\"totalCount\":28}}"));
    }

    @Test
    void operationIsRefusedBeyondTheLimitOfAWebSocket() {
        assertThat(report.refused()).hasSize(3).containsOnly("SUBSCRIPTION_LIMIT_EXCEEDED");
    }

    private static Object answer(String data) {
        return JsonMapper.shared()
                .readValue("{\"events\":[{\"data\":" + data + "}],\"end\":\"complete\"}", Object.class);
    }

    private record ClientReport(
            List<List<String>> all,
            List<String> swipeone,
            List<List<String>> subjects,
            List<String> one,
            String call,
            List<Integer> webhooks,
            List<String> late,
            Map<String, Object> operations,
            Map<String, String> errors,
            Object afterMany,
            List<String> refused) {}
}
