package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.NodeScript;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Runs the public audits of GraphQL over HTTP with {@code audits.mjs}. */
@GatewayTest
@SlowTest
class GraphQlHttpAuditTests {

    private final TestGateway gateway;

    GraphQlHttpAuditTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void everyAuditPasses() throws IOException, InterruptedException {
        String json = NodeScript.named("audits.mjs").run(gateway.url() + "/graphql");
        List<Outcome> outcomes = JsonMapper.shared().readValue(json, new TypeReference<>() {});
        assertThat(outcomes).hasSize(61).allMatch(outcome -> outcome.status().equals("ok"));
    }

    private record Outcome(String id, String name, String status, String reason) {}
}
