package io.taggateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.whole.GatewayTest;
import io.taggateway.whole.JsonCaller;
import io.taggateway.whole.VendorRecords;
import io.taggateway.whole.WholeGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** GraphiQL's tabs work over the sandbox as they are. */
@GatewayTest
class ExampleTests {

    private static final Path EXAMPLES = Path.of("schema/examples");

    private final WholeGateway gateway;
    private final VendorRecords records;

    ExampleTests(WholeGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecords.of(gateway);
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleRunsWithoutErrors(Path example) throws IOException {
        String document = Files.readString(example);
        assertThat(document).startsWith("# ");
        for (int run = 1; run <= 2; run++) {
            JsonNode answer = JsonCaller.ask(gateway.url(), document);
            assertThat(answer.path("errors").isMissingNode())
                    .as(answer.toString())
                    .isTrue();
            assertThat(answer.path("data").isObject()).isTrue();
            assertThat(answer.findValuesAsString("status")).doesNotContain("FAILED");
            answer.findValues("userErrors").forEach(errors -> assertThat(errors).isEmpty());
        }
    }

    @Test
    void exampleCreatesATagInBothVendors() throws IOException {
        run("06-create-tag.graphql");
        assertThat(records.sipsimTags()).hasSize(15);
        assertThat(records.swipeoneTags()).hasSize(13);
    }

    @Test
    void exampleTagsACall() throws IOException {
        JsonNode answer = run("07-tag-a-call.graphql");
        assertThat(answer.at("/data/addTags/result/added").size()).isEqualTo(2);
        assertThat(records.callTags("100400")).containsExactly("VIP", "Follow-up");
    }

    @Test
    void examplesThatAreDryRunsPlanAndWriteNothing() throws IOException {
        assertThat(run("08-auto-tag-long-calls.graphql")
                        .at("/data/tagCalls/changed")
                        .asInt())
                .isPositive();
        assertThat(run("09-sync-tags.graphql").findValuesAsString("status")).contains("PLANNED");
        assertThat(records.writes()).isEmpty();
    }

    private JsonNode run(String name) throws IOException {
        return JsonCaller.ask(gateway.url(), Files.readString(EXAMPLES.resolve(name)));
    }
}
