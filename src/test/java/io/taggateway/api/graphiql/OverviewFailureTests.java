package io.taggateway.api.graphiql;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.NodeScript;
import io.taggateway.support.Program;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the overview in a real browser while a vendor or the connection fails, and afterwards. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class OverviewFailureTests {

    private static final Path SCREENSHOTS = Path.of("target/overview").toAbsolutePath();

    private Seen seen;

    @BeforeAll
    void visit() throws Exception {
        Map<String, String> variables = Map.of("spring.webflux.base-path", "/tags", "GATEWAY_TAGS_FRESH_FOR", "100ms");
        try (SandboxedGateway gateway = SandboxedGateway.start(variables)) {
            String json = NodeScript.named("overview-failure.mjs")
                    .run(
                            gateway.url() + "/tags/",
                            Program.BROWSER.path().toString(),
                            OverviewBrowserTests.axe().toString(),
                            gateway.sandbox().sipsim().origin(),
                            SCREENSHOTS.toString());
            seen = JsonMapper.shared().readValue(json, Seen.class);
        }
    }

    @Test
    void failureOfAVendorIsShownWithTheDataOfTheOther() {
        assertThat(seen.failed().vendors()).containsExactly("Down", "Up");
        assertThat(seen.failed().problems()).hasSize(3).containsOnly("SIPSIM returned an error.");
        assertThat(seen.failed().group()).contains("SIPSIM unknown").containsPattern("\\d\\s*contacts");
        assertThat(seen.failed().found()).contains("Alice Martin", "Not known.");
    }

    @Test
    void failureIsReadableInWideAndNarrowWindows() {
        assertThat(seen.failed().violations()).isEmpty();
        assertThat(seen.failed().overflows()).isFalse();
    }

    @Test
    void everythingIsReadAgainWhenTheVendorRecovers() {
        assertThat(seen.recovered().vendors()).containsExactly("Up", "Up");
        assertThat(seen.recovered().group()).doesNotContain("unknown");
    }

    @Test
    void olderTagsStayWhenTheVendorFailsAfterwards() {
        assertThat(seen.stale().vendors()).containsExactly("Down", "Up");
        assertThat(seen.stale().group()).doesNotContain("unknown");
    }

    @Test
    void changesDuringAnInterruptionAreReadAfterIt() {
        assertThat(seen.live()).isEqualTo("Live");
    }

    @Test
    void allRequestsStayBelowThePathOfThePage() {
        assertThat(seen.requests()).isNotEmpty().allMatch(request -> request.startsWith(seen.url()));
    }

    private record Seen(String url, Failed failed, State recovered, State stale, String live, List<String> requests) {}

    /** The texts of the page if a vendor fails from the beginning. */
    private record Failed(
            List<String> vendors,
            List<String> problems,
            String group,
            String found,
            List<String> violations,
            boolean overflows) {}

    /** The state of the vendors and a row. */
    private record State(List<String> vendors, String group) {}
}
