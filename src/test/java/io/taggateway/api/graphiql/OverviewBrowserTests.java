package io.taggateway.api.graphiql;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.support.NodeScript;
import io.taggateway.support.Program;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the overview in a real browser, which {@code overview.mjs} controls by keyboard. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class OverviewBrowserTests {

    private static final Path SCREENSHOTS = Path.of("target/overview").toAbsolutePath();
    private static final Path AXE = Path.of("target/axe.min.js").toAbsolutePath();

    private final String gateway;
    private Seen seen;

    OverviewBrowserTests(@LocalServerPort int port) {
        gateway = "http://127.0.0.1:" + port + "/";
    }

    @BeforeAll
    void visit() throws Exception {
        String browser = Program.BROWSER.path().toString();
        String json = NodeScript.named("overview.mjs").run(gateway, browser, axe().toString(), SCREENSHOTS.toString());
        seen = JsonMapper.shared().readValue(json, Seen.class);
    }

    @Test
    void keyboardReachesTheGroupsThatDifferInColor() {
        assertThat(seen.answers().colorDrift()).containsExactly("Hot Lead", "Partner", "Renewal");
    }

    @Test
    void keyboardReachesTheTagsOfACallerOnCallsAndAsAContact() {
        assertThat(seen.answers().contact()).startsWith("Alice Martin").endsWith("no tags");
        assertThat(seen.answers().callTags()).contains("Billing", "Hot Lead", "Partner", "VIP");
    }

    @Test
    void axeFindsNoViolation() {
        assertThat(seen.violations()).isEmpty();
    }

    @Test
    void nothingOverflowsInWideAndNarrowWindows() {
        assertThat(seen.overflows()).containsExactly(false, false, false, false);
    }

    @Test
    void pageSendsNoMutationsButDryRuns() {
        assertThat(seen.bodies())
                .anyMatch(body -> body.contains("query TagGroups"))
                .filteredOn(body -> body.contains("mutation"))
                .allMatch(body -> body.contains("\"dryRun\":true"));
    }

    @Test
    void browserReportsNoErrors() {
        assertThat(seen.complaints()).isEmpty();
    }

    @Test
    void noRequestIsSentToAnotherServer() {
        assertThat(seen.requests()).isNotEmpty().allMatch(url -> url.startsWith(gateway));
    }

    @Test
    void overviewHasThePolicyOfGraphiqlAndServesNoOtherFile() {
        WebTestClient client = WebTestClient.bindToServer().baseUrl(gateway).build();
        String policy = policyOf(client, "");
        assertThat(policy).isEqualTo(policyOf(client, "graphiql")).doesNotContain("unsafe");
        for (String path : List.of("overview/overview.html", "overview/", "overview", "overview/package.json")) {
            client.get()
                    .uri(URI.create(gateway + path))
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
    }

    /** A file with the script of axe-core. */
    static Path axe() throws IOException {
        Files.write(
                AXE,
                new ClassPathResource("META-INF/resources/webjars/axe-core/4.6.3/axe.min.js").getContentAsByteArray());
        return AXE;
    }

    private static String policyOf(WebTestClient client, String path) {
        return String.valueOf(client.head()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst("Content-Security-Policy"));
    }

    private record Seen(
            Answers answers,
            List<String> violations,
            List<Boolean> overflows,
            List<String> bodies,
            List<String> complaints,
            List<String> requests) {}

    /** The tags and colors that the page shows. */
    private record Answers(String contact, List<String> callTags, List<String> colorDrift) {}
}
