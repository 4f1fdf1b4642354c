package io.taggateway.api.graphiql;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.api.graphiql.GraphiqlConfiguration.Example;
import io.taggateway.support.NodeScript;
import io.taggateway.support.Program;
import io.taggateway.support.SlowTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the page in a real browser. {@code graphiql.mjs} collects the results in one session. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "gateway.overview.enabled=false")
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class GraphiqlBrowserTests {

    private static final Path SCREENSHOT = Path.of("target/graphiql.png").toAbsolutePath();
    private static final Pattern OPERATION =
            Pattern.compile("^(?:query|mutation|subscription) (\\w+)", Pattern.MULTILINE);

    private final String gateway;
    private Seen seen;

    GraphiqlBrowserTests(@LocalServerPort int port) {
        gateway = "http://127.0.0.1:" + port + "/";
    }

    @BeforeAll
    void visit() throws Exception {
        String browser = Program.BROWSER.path().toString();
        Files.deleteIfExists(SCREENSHOT);
        String json = NodeScript.named("graphiql.mjs").run(gateway, browser, SCREENSHOT.toString());
        seen = JsonMapper.shared().readValue(json, Seen.class);
    }

    @Test
    void rootRedirectsToThePage() {
        assertThat(seen.url()).isEqualTo(gateway + "graphiql");
        assertThat(seen.title()).isEqualTo("Tag Gateway");
    }

    @Test
    void examplesAreListedByNameAndOpenInTabs() {
        List<Example> examples = Example.readAll();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
        assertThat(seen.examples())
                .isEqualTo(examples.stream().map(Example::name).toList());
        assertThat(seen.tabs()).containsExactly(operationOf(examples.get(0)), operationOf(examples.get(1)));
    }

    @Test
    void documentationBeginsWithTheDescriptionOfTheSchema() {
        assertThat(seen.documentation()).contains("Tags of several vendors");
    }

    @Test
    void eventsAreLoggedAlsoAfterAChangeOfTabs() {
        assertThat(seen.eventsOfOtherTab()).isGreaterThan(seen.eventsOfOwnTab());
        assertThat(seen.eventsOfOwnTab()).isPositive();
        assertThat(seen.stopped()).contains("No subscription is running");
    }

    @Test
    void narrowWindowHasReadableQueryAndResponse() {
        assertThat(seen.narrow().overflows()).isFalse();
        assertThat(seen.narrow().queryWidth()).isGreaterThan(300);
        assertThat(seen.narrow().answerWidth()).isGreaterThan(300);
        assertThat(seen.narrow().answerHeight()).isGreaterThan(150);
    }

    @Test
    void firstExampleReturnsData() {
        assertThat(seen.result()).contains("\"tags\"", "\"nodes\"").doesNotContain("\"errors\"");
    }

    @Test
    void typedHeaderIsSentAndNotStored() {
        assertThat(seen.requestHeaders())
                .containsEntry("x-api-key", "not-to-be-stored")
                .containsEntry("accept", "application/json")
                .containsEntry("content-type", "application/json");
        assertThat(seen.apiKeyStored()).isFalse();
    }

    @Test
    void secondVisitKeepsTabsAndEdits() {
        assertThat(seen.tabsOfSecondVisit()).isEqualTo(seen.tabs());
        assertThat(seen.queryOfSecondVisit()).endsWith("# mine\n{ ven}");
    }

    @Test
    void subscriptionShowsEvents() {
        assertThat(seen.event()).contains("\"kind\": \"CREATED\"", "\"name\": \"Seen live ");
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
    void screenshotIsTaken() {
        assertThat(SCREENSHOT).isNotEmptyFile();
    }

    private static String operationOf(Example example) {
        Matcher operation = OPERATION.matcher(example.query());
        assertThat(operation.find()).as(example.query()).isTrue();
        return operation.group(1);
    }

    private record Seen(
            String url,
            String title,
            List<String> examples,
            List<String> tabs,
            String documentation,
            String result,
            Map<String, String> requestHeaders,
            boolean apiKeyStored,
            List<String> tabsOfSecondVisit,
            String queryOfSecondVisit,
            String event,
            int eventsOfOwnTab,
            int eventsOfOtherTab,
            String stopped,
            NarrowWindow narrow,
            List<String> complaints,
            List<String> requests) {}

    /** The layout in a window of 390 pixels. */
    private record NarrowWindow(boolean overflows, double queryWidth, double answerWidth, double answerHeight) {}
}
