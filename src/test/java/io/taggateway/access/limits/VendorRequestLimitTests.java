package io.taggateway.access.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.sandbox.Fault;
import io.taggateway.support.GatewayClient;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.JsonClient;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of operations over the limit of vendor requests. */
@GatewayTest
@SlowTest
class VendorRequestLimitTests {

    private static final String TAGGED =
            "{ tag(id: \"swipeone:tag:6682840d9286aa59ee000001\") { contacts(first: 20) { nodes { id tags { name } } }"
                    + " } }";
    private static final String SEARCH = "/api/workspaces/5a4db0c0ffee5a4db0c0ffee/contacts/search";

    private final TestGateway gateway;

    VendorRequestLimitTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void fieldsFailWhenTheirRequestsExceedTheLimit() {
        JsonNode response = JsonClient.execute(gateway.url(), """
            { contacts(first: 100) { nodes { phone
                calls(first: 20) { nodes { id } sources { status error { code reason } } } } } }\
            """);
        assertThat(gateway.requestCount()).isEqualTo(60);
        List<JsonNode> sources = response.at("/data/contacts/nodes").findValues("sources").stream()
                .filter(some -> !some.isEmpty())
                .map(some -> some.path(0))
                .toList();
        List<JsonNode> failed = sources.stream()
                .filter(source -> source.path("status").asString().equals("FAILED"))
                .toList();
        assertThat(response.at("/data/contacts/nodes")
                        .valueStream()
                        .filter(node ->
                                node.at("/calls/sources/0/status").asString().equals("OK"))
                        .map(node -> node.path("phone").asString())
                        .distinct())
                .hasSize(59);
        assertThat(failed).isNotEmpty().allSatisfy(source -> {
            assertThat(source.at("/error/code").asString()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
            assertThat(source.at("/error/reason").isNull()).isTrue();
        });
        assertThat(sources.getFirst().path("status").asString()).isEqualTo("OK");
        assertThat(response.path("errors")).hasSameSizeAs(failed).allSatisfy(error -> {
            assertThat(error.at("/extensions/code").asString()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
            assertThat(error.at("/extensions/retryable").asBoolean(true)).isFalse();
            assertThat(error.path("extensions").has("service")).isFalse();
            assertThat(error.at("/path/3").asString()).isEqualTo("calls");
        });
        gateway.execute("{ vendors { status } }")
                .path("vendors[:2].status")
                .entityList(String.class)
                .containsExactly("UP", "UP");
        gateway.execute("{ calls(first: 1) { nodes { id } } }").errors().verify();
    }

    @Test
    void tagsOfOtherContactsAreReturnedWhenSomeExceedTheLimit() {
        try (SandboxedGateway played = SandboxedGateway.start(Map.of("GATEWAY_LIMITS_VENDOR_REQUESTS_MAX", "10"))) {
            played.sandbox().swipeone().fail(Fault.status(400).on("POST", SEARCH));
            JsonNode response = JsonClient.execute(played.url(), TAGGED);
            assertThat(played.sandbox().swipeone().requests()).hasSize(10);
            JsonNode nodes = response.at("/data/tag/contacts/nodes");
            Set<Integer> without = StreamSupport.stream(response.path("errors").spliterator(), false)
                    .peek(error ->
                            assertThat(error.at("/extensions/code").asString()).isEqualTo("REQUEST_LIMIT_EXCEEDED"))
                    .map(error -> error.at("/path/3").asInt())
                    .collect(Collectors.toSet());
            assertThat(without).hasSize(13).doesNotContain(0);
            for (int i = 0; i < 20; i++) {
                assertThat(nodes.path(i).path("tags").isNull()).isEqualTo(without.contains(i));
            }
            String ids = nodes.valueStream()
                    .map(node -> "\"" + node.path("id").asString() + "\"")
                    .collect(Collectors.joining(", "));
            JsonNode written = JsonClient.execute(
                    played.url(),
                    "mutation { tagSubjects(input: {subjectIds: [" + ids
                            + "], add: [{name: \"VIP\"}], dryRun: true}) { failed changed } }");
            assertThat(written.path("errors").isMissingNode()).as("%s", written).isTrue();
        }
    }

    @Test
    void payloadOfMutationHasTheRequestLimitOfAQuery() {
        String mutation = "mutation { tagCalls(input: {filter: {}, tags: [{name: \"VIP\"}], limit: 100, dryRun: true})"
                + " { changed %s } }";
        String contacts = "results { subject { ... on Call { contact { calls(first: 1) { nodes { id } } } } } }";
        try (SandboxedGateway played = SandboxedGateway.start(Map.of("GATEWAY_LIMITS_VENDOR_REQUESTS_MAX", "3"))) {
            JsonNode alone = JsonClient.execute(played.url(), mutation.formatted(""));
            assertThat(alone.has("errors")).as("%s", alone).isFalse();
            int own = requestCount(played);
            JsonNode response = JsonClient.execute(played.url(), mutation.formatted(contacts));
            assertThat(response.at("/data/tagCalls/changed")).isEqualTo(alone.at("/data/tagCalls/changed"));
            assertThat(response.path("errors"))
                    .isNotEmpty()
                    .allSatisfy(error ->
                            assertThat(error.at("/extensions/code").asString()).isEqualTo("REQUEST_LIMIT_EXCEEDED"));
            assertThat(requestCount(played) - own).isBetween(1, own + 3);
        }
    }

    private static int requestCount(SandboxedGateway gateway) {
        return gateway.sandbox().sipsim().requests().size()
                + gateway.sandbox().swipeone().requests().size();
    }

    @Test
    void vendorIsNeitherStaleNorDownWhenTheRequestLimitPreventsTheLoadOfItsTagList() {
        try (SandboxedGateway played = SandboxedGateway.start(Map.of("GATEWAY_LIMITS_VENDOR_REQUESTS_MAX", "2"))) {
            GatewayClient caller = played.gateway().caller();
            JsonNode response = JsonClient.execute(
                    played.url(),
                    "{ call(id: \"sipsim:call:100400\") { id } tags { sources { status } } contacts { nodes { id } }"
                            + " }");
            assertThat(played.sandbox().sipsim().requests().size()
                            + played.sandbox().swipeone().requests().size())
                    .isEqualTo(2);
            assertThat(response.path("errors")).hasSize(2);
            caller.execute("{ tags { sources { status } } vendors { status } }")
                    .path("tags.sources[?(@.status != 'SKIPPED')].status")
                    .entityList(String.class)
                    .containsExactly("OK", "OK")
                    .path("vendors[:2].status")
                    .entityList(String.class)
                    .containsExactly("UP", "UP");
        }
    }

    @Test
    void vendorRequestsAreOnlyMeasuredInMeasureMode() {
        try (SandboxedGateway played = SandboxedGateway.start(
                Map.of("GATEWAY_LIMITS_VENDOR_REQUESTS_MAX", "2", "GATEWAY_LIMITS_VENDOR_REQUESTS_MODE", "measure"))) {
            assertThat(JsonClient.execute(played.url(), TAGGED).path("errors").isMissingNode())
                    .isTrue();
            MeterRegistry meters = played.gateway().context().getBean(MeterRegistry.class);
            assertThat(meters.get("taggateway.limit.measured")
                            .tag("limit", "vendor-requests")
                            .summary()
                            .max())
                    .isEqualTo(3);
            assertThat(meters.get("taggateway.limit.exceeded")
                            .tags("limit", "vendor-requests", "outcome", "measured")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }
}
