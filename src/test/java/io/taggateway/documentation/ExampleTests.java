package io.taggateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.EventStream;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.JsonClient;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.TestGateway;
import io.taggateway.support.VendorRecordClient;
import io.taggateway.tagging.feed.ChangeFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Tests that GraphiQL's examples work with the sandbox. */
@GatewayTest
class ExampleTests {

    private static final Path EXAMPLES = Path.of("schema/examples");
    private static final String LISTENING = "12-tag-changes.graphql";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestGateway gateway;
    private final VendorRecordClient records;

    ExampleTests(TestGateway gateway) {
        this.gateway = gateway;
        this.records = VendorRecordClient.of(gateway);
    }

    /** All except subscriptions. */
    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> !file.endsWith(LISTENING)).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleRunsWithoutErrors(Path example) throws IOException {
        String document = Files.readString(example);
        assertThat(document).startsWith("# ");
        for (int run = 1; run <= 2; run++) {
            JsonNode response = JsonClient.execute(gateway.url(), document);
            assertThat(response.path("errors").isMissingNode())
                    .as(response.toString())
                    .isTrue();
            assertThat(response.path("data").isObject()).isTrue();
            assertThat(response.findValuesAsString("status")).doesNotContain("FAILED");
            response.findValues("userErrors")
                    .forEach(errors -> assertThat(errors).isEmpty());
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
        JsonNode response = run("07-tag-a-call.graphql");
        assertThat(response.at("/data/addTags/result/added").size()).isEqualTo(2);
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

    @SlowTest
    @Test
    void exampleSubscriptionReceivesCreatedTag() throws IOException {
        String document = Files.readString(EXAMPLES.resolve(LISTENING));
        assertThat(document).startsWith("# ");
        try (SandboxedGateway played = SandboxedGateway.start(Map.of());
                EventStream stream = EventStream.open(played.url(), document)) {
            ChangeFeed feed = played.gateway().feed();
            await().atMost(PATIENCE).until(() -> feed.listeners() == 1);
            JsonClient.execute(played.url(), Files.readString(EXAMPLES.resolve("06-create-tag.graphql")));
            await().atMost(PATIENCE).until(() -> stream.events().size() == 2);
            assertThat(stream.events()).allSatisfy(event -> {
                assertThat(event.path("errors").isMissingNode()).as("%s", event).isTrue();
                assertThat(event.at("/data/tagChanged/kind").asString()).isEqualTo("CREATED");
            });
        }
    }

    private JsonNode run(String name) throws IOException {
        return JsonClient.execute(gateway.url(), Files.readString(EXAMPLES.resolve(name)));
    }
}
