package io.taggateway.access.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.NodeScript;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the introspection queries of GraphiQL, Apollo's tools and code generators, which graphql-js generates. */
@GatewayTest
@SlowTest
class IntrospectionTests {

    private final TestGateway gateway;

    IntrospectionTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void introspectionOfToolsIsExecuted() throws IOException, InterruptedException {
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

    /**
     * Its first document has four fields {@code __type}. If it were refused, the schema would lack what it requests.
     */
    @Test
    void schemaIsFetchedByGqlTada() throws IOException, InterruptedException {
        JsonNode files =
                JsonMapper.shared().readTree(NodeScript.named("tada.mjs").run(gateway.url()));
        assertThat(files.path("schema").asString())
                .contains("type Tag implements Node {", "directive @tag(name: String!) repeatable on ");
        assertThat(files.path("types").asString())
                .contains(
                        "'Tag': { kind: 'OBJECT';", "'TagRef': { kind: 'INPUT_OBJECT'; name: 'TagRef'; isOneOf: true;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ a: __type(name: \"Tag\") { name } b: __type(name: \"Call\") { name } }",
                "{ a: __schema { types { name } } b: __schema { directives { name isRepeatable } } }"
            })
    void severalFieldsOfIntrospectionAreExecuted(String document) {
        gateway.execute(document).path("a").hasValue().path("b").hasValue();
    }
}
