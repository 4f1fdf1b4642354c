package io.taggateway.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.GatewayTest;
import io.taggateway.support.NodeScript;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tests that the types which are generated from the schema and the examples fit a frontend in TypeScript. */
@GatewayTest
@SlowTest
class TypeScriptTests {

    private static final Path FRONTEND = Path.of("src/test/node/frontend");

    private final TestGateway gateway;

    TypeScriptTests(TestGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void generatedTypesCompileWithTheirConsumerOnly() throws Exception {
        List<String> complaints = compile("consumer.ts", "mistaken.ts");
        assertThat(complaints.stream().filter(complaint -> !complaint.startsWith("mistaken.ts:")))
                .isEmpty();
        assertThat(complaints.stream().map(complaint -> complaint.substring(0, complaint.indexOf(' '))))
                .containsExactly(Stream.of(3, 4, 5, 6, 7, 8, 9)
                        .map(line -> "mistaken.ts:" + line)
                        .toArray(String[]::new));
    }

    private List<String> compile(String... consumers) throws Exception {
        Stream<Path> arguments = Stream.concat(
                Stream.of(Path.of("schema/examples"), Path.of("target/typescript")),
                Stream.of(consumers).map(FRONTEND::resolve));
        String complaints = NodeScript.named("codegen.mjs")
                .run(Stream.concat(
                                Stream.of(gateway.url()),
                                arguments.map(path -> path.toAbsolutePath().toString()))
                        .toArray(String[]::new));
        return JsonMapper.shared().readValue(complaints, new TypeReference<>() {});
    }
}
