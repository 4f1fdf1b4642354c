package io.taggateway.access.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.NodeScript;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Introspection as GraphiQL, Apollo's tools and code generators send it: graphql-js writes it for all of them. */
@GatewayTest
@SlowTest
class IntrospectionTests {

    private final TestGateway gateway;

    IntrospectionTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void introspectionOfToolsIsAnswered() throws IOException, InterruptedException {
        JsonNode queries = JsonMapper.shared()
                .readTree(NodeScript.named("introspection.mjs").run());
        List<String> documents = queries.valueStream().map(JsonNode::asString).toList();
        assertThat(documents).hasSizeGreaterThan(50);
        for (String document : documents) {
            gateway.execute(document)
                    .path("__schema.types[*].name")
                    .entityList(String.class)
                    .contains("Tag");
        }
    }
}
