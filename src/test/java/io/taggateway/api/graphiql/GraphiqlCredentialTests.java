package io.taggateway.api.graphiql;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.access.security.ApiKeyDigest;
import io.taggateway.support.NodeScript;
import io.taggateway.support.Program;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the page in a real browser if callers authenticate. */
@SlowTest
class GraphiqlCredentialTests {

    private static final String KEY = "a-key-for-one-tab";
    private static final Path SCREENSHOT =
            Path.of("target/graphiql-credential.png").toAbsolutePath();

    @Test
    void credentialIsStoredInTheTabAndSent() throws IOException, InterruptedException {
        Map<String, String> variables = Map.of(
                "GATEWAY_SECURITY_MODE",
                "api-key",
                "GATEWAY_API_KEYS",
                "me=" + ApiKeyDigest.of(KEY) + ":tags.read+schema.read");
        try (RunningGateway gateway = RunningGateway.start(variables)) {
            String json = NodeScript.named("credential.mjs")
                    .run(gateway.caller().url() + "/", Program.BROWSER.path().toString(), KEY, SCREENSHOT.toString());
            Seen seen = JsonMapper.shared().readValue(json, Seen.class);
            String missing = "Not authenticated (401): Send an API key in the header `X-API-Key`.";
            assertThat(seen.missing()).isEqualTo(missing);
            assertThat(seen.unknown()).isEqualTo("Not authenticated (401): The API key is unknown.");
            assertThat(seen.result()).contains("\"nodes\"").doesNotContain("\"errors\"");
            assertThat(seen.stored()).isFalse();
            assertThat(seen.missingInOtherTab()).isEqualTo(missing);
            assertThat(seen.overview().missing()).isEqualTo(missing);
            assertThat(seen.overview().unknown()).isEqualTo(seen.unknown());
            assertThat(seen.overview().requestsWithoutAccess()).isEmpty();
            assertThat(seen.overview().groups()).contains("VIP");
            assertThat(seen.overview().problems()).isNotEmpty().allMatch(problem -> problem.contains("calls.read"));
            assertThat(seen.overview().asks()).isFalse();
        }
    }

    private record Seen(
            String missing,
            String unknown,
            String result,
            boolean stored,
            String missingInOtherTab,
            Overview overview) {}

    /** The texts of the overview without a key, with an invalid key, and with a key for tags only. */
    private record Overview(
            String missing,
            String unknown,
            List<String> requestsWithoutAccess,
            List<String> groups,
            List<String> problems,
            boolean asks) {}
}
