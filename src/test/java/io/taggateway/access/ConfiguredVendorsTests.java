package io.taggateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxProperties;
import io.taggateway.sandbox.http.SandboxRequest;
import io.taggateway.sandbox.sipsim.SipsimOptions;
import io.taggateway.sandbox.swipeone.SwipeOneOptions;
import io.taggateway.support.GatewayClient;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.test.tester.GraphQlTester;

/** Tests of configured vendors, and of responses when a vendor is not configured. */
@SlowTest
class ConfiguredVendorsTests {

    @Test
    void contactsAreAbsentWhenOnlySipsimIsConfigured() {
        try (Sandbox sandbox = Sandbox.start(SandboxProperties.defaults());
                RunningGateway gateway = RunningGateway.start(Map.of(
                        "GATEWAY_SECURITY_MODE",
                        "none",
                        "SIPSIM_BASE_URL",
                        sandbox.sipsim().baseUrl() + "/",
                        "SIPSIM_ACCESS_TOKEN",
                        SipsimOptions.ACCESS_TOKEN))) {
            GatewayClient caller = gateway.caller();
            assertVendors(caller, "UP", "NOT_CONFIGURED");
            caller.execute("{ vendors { capabilities } }")
                    .path("vendors[1].capabilities")
                    .entityList(String.class)
                    .hasSize(0);
            assertThat(caller.texts("{ calls { sources { status } } }", "calls.sources[:1].status"))
                    .containsExactly("OK");
            GraphQlTester.Response contacts =
                    caller.execute("{ contacts { totalCount nodes { id } sources { vendor status error { code } } } }");
            contacts.path("contacts.totalCount").entity(Integer.class).isEqualTo(0);
            contacts.path("contacts.nodes").entityList(Object.class).hasSize(0);
            contacts.path("contacts.sources[0]")
                    .matchesJsonStrictly("{\"vendor\": \"SWIPEONE\", \"status\": \"SKIPPED\", \"error\": null}");
            contacts.path("contacts.sources[*].status")
                    .entityList(String.class)
                    .satisfies(statuses -> assertThat(statuses).containsOnly("SKIPPED"));
            assertTags(caller, 14, "OK", "SKIPPED");
            caller.execute("{ calls(first: 1) { nodes { contact { id } } } }")
                    .path("calls.nodes[0].contact")
                    .valueIsNull();
            assertNotConfigured(caller, "contact(id: \"swipeone:contact:1\")", "SWIPEONE");
            assertNotConfigured(caller, "tag(id: \"swipeone:tag:1\")", "SWIPEONE");
            assertNotConfigured(caller, "node(id: \"swipeone:contact:1\")", "SWIPEONE");
            assertThat(sandbox.swipeone().requests()).isEmpty();
        }
    }

    @Test
    void callsAreAbsentWhenOnlySwipeOneIsConfigured() {
        try (Sandbox sandbox = Sandbox.start(SandboxProperties.defaults());
                RunningGateway gateway = RunningGateway.start(Map.of(
                        "GATEWAY_SECURITY_MODE",
                        "none",
                        "SWIPEONE_BASE_URL",
                        sandbox.swipeone().baseUrl(),
                        "SWIPEONE_API_KEY",
                        SwipeOneOptions.API_KEY,
                        "SWIPEONE_WORKSPACE_ID",
                        SwipeOneOptions.WORKSPACE_ID))) {
            GatewayClient caller = gateway.caller();
            assertVendors(caller, "NOT_CONFIGURED", "UP");
            assertTags(caller, 12, "SKIPPED", "OK");
            caller.execute("{ calls { nodes { id } sources { vendor status } } }")
                    .path("calls.nodes")
                    .matchesJsonStrictly("[]")
                    .path("calls.sources[0]")
                    .matchesJsonStrictly("{\"vendor\": \"SIPSIM\", \"status\": \"SKIPPED\"}");
            caller.execute("{ contacts(first: 1) { nodes { phone calls { nodes { id } sources { status } } } } }")
                    .path("contacts.nodes[0].calls.nodes")
                    .matchesJsonStrictly("[]")
                    .path("contacts.nodes[0].calls.sources[0]")
                    .matchesJsonStrictly("{\"status\": \"SKIPPED\"}");
            caller.execute("{ tagGroup(slug: \"vip\") { vendors missingFrom unknownFor } }")
                    .path("tagGroup")
                    .matchesJsonStrictly("{\"vendors\": [\"SWIPEONE\"], \"missingFrom\": [], \"unknownFor\": []}");
            assertNotConfigured(caller, "call(id: \"sipsim:call:1\")", "SIPSIM");
            assertThat(sandbox.sipsim().requests()).isEmpty();
        }
    }

    @Test
    void vendorIsNotConfiguredWhenDisabled() {
        try (RunningGateway gateway = RunningGateway.start(Map.of("SIPSIM_ENABLED", "false"))) {
            assertVendors(gateway.caller(), "NOT_CONFIGURED", "UP");
            assertTags(gateway.caller(), 12, "SKIPPED", "OK");
        }
    }

    @Test
    void oneTokenIsRequestedForManyRequestsWithClientCredentials() {
        try (Sandbox sandbox = Sandbox.start(SandboxProperties.defaults());
                RunningGateway gateway = RunningGateway.start(Map.of(
                        "GATEWAY_SECURITY_MODE",
                        "none",
                        "SIPSIM_BASE_URL",
                        sandbox.sipsim().baseUrl(),
                        "SIPSIM_CLIENT_ID",
                        SipsimOptions.CLIENT_ID,
                        "SIPSIM_CLIENT_SECRET",
                        SipsimOptions.CLIENT_SECRET))) {
            String query =
                    "{ tags { totalCount } calls(first: 20) { nodes { id } } call(id: \"sipsim:call:100400\") { id } }";
            gateway.caller().execute(query).path("call.id").hasValue();
            gateway.caller().execute(query).path("call.id").hasValue();
            assertThat(sandbox.sipsim().requests())
                    .extracting(SandboxRequest::path)
                    .filteredOn("/oauth/token"::equals)
                    .hasSize(1);
            assertThat(sandbox.sipsim().requests()).hasSize(6);
            assertThat(TestGateway.requests(sandbox.sipsim()).getFirst()).startsWith("POST");
        }
    }

    private static void assertVendors(GatewayClient caller, String... statuses) {
        assertThat(caller.texts("{ vendors { status } }", "vendors[:2].status")).containsExactly(statuses);
    }

    private static void assertTags(GatewayClient caller, int count, String... statuses) {
        GraphQlTester.Response response =
                caller.execute("{ tags(filter: {vendors: [SIPSIM, SWIPEONE]}) { totalCount sources { status } } }");
        response.path("tags.totalCount").entity(Integer.class).isEqualTo(count);
        response.path("tags.sources[:2].status").entityList(String.class).containsExactly(statuses);
    }

    private static void assertNotConfigured(GatewayClient caller, String field, String service) {
        List<String> reasons = caller.errors("{ " + field + " { id } }").stream()
                .map(error -> error.getExtensions().get("service") + " "
                        + error.getExtensions().get("code") + " "
                        + error.getExtensions().get("reason") + " "
                        + error.getExtensions().get("retryable"))
                .toList();
        assertThat(reasons).containsExactly(service + " DOWNSTREAM_SERVICE_ERROR NOT_CONFIGURED false");
    }
}
