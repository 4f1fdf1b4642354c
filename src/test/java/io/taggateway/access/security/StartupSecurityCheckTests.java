package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Tests that a gateway with real credentials does not start without a security mode, and of the messages for operators.
 */
@ExtendWith(OutputCaptureExtension.class)
@SlowTest
class StartupSecurityCheckTests {

    private static final String SECRET = "s3cr3t-never-shown";
    private static final Map<String, String> SIPSIM = Map.of("SIPSIM_ACCESS_TOKEN", SECRET);
    private static final Map<String, String> SIPSIM_CLIENT =
            Map.of("SIPSIM_CLIENT_ID", "a-client", "SIPSIM_CLIENT_SECRET", SECRET);
    private static final Map<String, String> SWIPEONE =
            Map.of("SWIPEONE_API_KEY", SECRET, "SWIPEONE_WORKSPACE_ID", "a-workspace");
    private static final Map<String, String> OPEN = Map.of("GATEWAY_SECURITY_MODE", "none");

    @Test
    void startIsRefusedWithCredentialsOfSipsim(CapturedOutput log) {
        assertClosed(log, SIPSIM);
        assertThat(log.getOut())
                .contains("The gateway has real credentials of SIPSIM, and anyone who reaches it could use them:"
                        + " set GATEWAY_SECURITY_MODE to api-key or jwt, or to none to confirm that this is intended.");
    }

    @Test
    void startIsRefusedWithCredentialsOfASipsimClient(CapturedOutput log) {
        assertClosed(log, SIPSIM_CLIENT);
        assertThat(log.getOut()).contains("The gateway has real credentials of SIPSIM, and");
    }

    @Test
    void startIsRefusedWithCredentialsOfSwipeOne(CapturedOutput log) {
        assertClosed(log, SWIPEONE);
        assertThat(log.getOut()).contains("The gateway has real credentials of Swipe One, and");
    }

    @Test
    void startIsRefusedWithCredentialsAndAReachableAddress(CapturedOutput log) {
        assertClosed(log, all(SIPSIM, SWIPEONE, Map.of("SERVER_ADDRESS", "0.0.0.0")));
        assertThat(log.getOut()).contains("The gateway has real credentials of SIPSIM and Swipe One, and");
    }

    @Test
    void startIsRefusedWithTenants(CapturedOutput log) {
        assertClosed(log, Map.of("gateway.tenants.acme.vendors.sipsim.access-token", SECRET));
        assertThat(log.getOut()).contains("The gateway has real credentials of tenants, and");
    }

    @Test
    void startIsRefusedWithInvalidTenants(CapturedOutput log) {
        assertClosed(log, all(OPEN, Map.of("gateway.tenants.acme.vendors.sipsim.client-secret", SECRET)));
        assertThat(log.getOut())
                .contains("Tenant 'acme': gateway.tenants.acme.vendors.sipsim.client-secret is set without"
                        + " gateway.tenants.acme.vendors.sipsim.client-id");
        assertClosed(log, all(OPEN, Map.of("GATEWAY_TENANTS_FILE", "/no/such/file.yml")));
        assertThat(log.getOut()).contains("The tenants file /no/such/file.yml does not exist");
    }

    /** The sandbox has invented data only. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", ""})
    void sandboxStartsForAnyAddress(String address) {
        Map<String, String> variables = Map.of(
                "SERVER_ADDRESS", address, "management.server.port", "0", "management.server.address", "0.0.0.0");
        try (RunningGateway gateway = RunningGateway.start(variables)) {
            assertThat(gateway.caller().texts("{ vendors { status } }", "vendors[:2].status"))
                    .containsExactly("UP", "UP");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GATEWAY_API_KEYS      | The gateway has API keys, but callers need none: set"
                        + " GATEWAY_SECURITY_MODE to api-key, or to none to confirm that this is intended.",
                "GATEWAY_API_KEYS_FILE | The gateway has API keys, but callers need none: set"
                        + " GATEWAY_SECURITY_MODE to api-key, or to none to confirm that this is intended."
            })
    void startIsRefusedWithUnusedKeys(String variable, String sentence, CapturedOutput log) {
        assertClosed(log, Map.of(variable, "web=" + ApiKeyDigest.of(SECRET) + ":tags.read"));
        assertThat(log.getOut()).contains(sentence);
    }

    /** {@code ApiKeyLoaderTests} has more keys that are not valid. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''        | GATEWAY_SECURITY_MODE has api-key, but there is no API key: set GATEWAY_API_KEYS or",
                "web=%s    | An API key has no scopes."
            })
    void startIsRefusedWithKeysThatAreNotValid(String keys, String sentence, CapturedOutput log) {
        String value = keys.replace("%s", ApiKeyDigest.of(SECRET));
        assertClosed(log, Map.of("GATEWAY_SECURITY_MODE", "api-key", "GATEWAY_API_KEYS", value));
        assertThat(log.getOut()).contains(sentence);
    }

    @Test
    void startIsRefusedWithJwtModeWithoutIssuerOrAudience(CapturedOutput log) {
        assertClosed(log, Map.of("GATEWAY_SECURITY_MODE", "jwt"));
        assertThat(log.getOut())
                .contains("GATEWAY_SECURITY_MODE has jwt, but no issuer is configured: set"
                        + " GATEWAY_JWT_ISSUER_URI or GATEWAY_JWT_JWK_SET_URI.");
        assertClosed(
                log, Map.of("GATEWAY_SECURITY_MODE", "jwt", "GATEWAY_JWT_ISSUER_URI", "https://issuer.example.com"));
        assertThat(log.getOut()).contains("set GATEWAY_JWT_AUDIENCE.");
        assertClosed(
                log,
                Map.of(
                        "GATEWAY_SECURITY_MODE", "jwt",
                        "GATEWAY_JWT_JWK_SET_URI", "issuer.example.com",
                        "GATEWAY_JWT_AUDIENCE", "tags"));
        assertThat(log.getOut()).contains("The address of the issuer of tokens is not valid: issuer.example.com.");
    }

    @Test
    void startIsRefusedWithAnUnknownMode(CapturedOutput log) {
        assertClosed(log, Map.of("GATEWAY_SECURITY_MODE", "None"));
        assertThat(log.getOut())
                .contains("GATEWAY_SECURITY_MODE is 'None', but it has to be none, api-key, jwt or api-key,jwt");
    }

    @Test
    void startIsAllowedWithModeNoneAndRealCredentials(CapturedOutput log) {
        try (RunningGateway gateway =
                RunningGateway.start(all(SIPSIM, SWIPEONE, OPEN, Map.of("SERVER_ADDRESS", "0.0.0.0")))) {
            assertThat(gateway.caller().texts("{ vendors { status } }", "vendors[:2].status"))
                    .containsExactly("UP", "UP");
        }
        assertThat(log.getAll())
                .contains("Vendors: SIPSIM live, Swipe One live", ". Callers: everybody (GATEWAY_SECURITY_MODE=none).")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SWIPEONE_API_KEY     | SWIPEONE_API_KEY is set without SWIPEONE_WORKSPACE_ID",
                "SWIPEONE_WORKSPACE_ID| SWIPEONE_WORKSPACE_ID is set without SWIPEONE_API_KEY",
                "SIPSIM_CLIENT_ID     | SIPSIM_CLIENT_ID is set without SIPSIM_CLIENT_SECRET",
                "SIPSIM_CLIENT_SECRET | SIPSIM_CLIENT_SECRET is set without SIPSIM_CLIENT_ID"
            })
    void startIsRefusedWithHalfOfTheCredentials(String variable, String sentence, CapturedOutput log) {
        assertClosed(log, all(OPEN, Map.of(variable, SECRET)));
        assertThat(log.getOut()).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource({"SIPSIM_BASE_URL, SIPSIM", "SIPSIM_TOKEN_URL, SIPSIM", "SWIPEONE_BASE_URL, SWIPEONE"})
    void startIsRefusedWithAVendorThatIsReachedUnencrypted(String variable, String vendor, CapturedOutput log) {
        assertClosed(log, all(OPEN, SIPSIM, SWIPEONE, Map.of(variable, "http://vendor.example/api")));
        assertThat(log.getOut())
                .contains(variable + " must be an https URL", "set " + vendor + "_ALLOW_INSECURE_HTTP=true");
    }

    @Test
    void startIsRefusedWithATokenAndAClient(CapturedOutput log) {
        assertClosed(log, all(OPEN, SIPSIM, SIPSIM_CLIENT));
        assertThat(log.getOut())
                .contains("Set either SIPSIM_ACCESS_TOKEN or SIPSIM_CLIENT_ID and SIPSIM_CLIENT_SECRET, not both");
    }

    @Test
    void startLogsTheConfiguration(CapturedOutput log) {
        try (RunningGateway gateway = RunningGateway.start(Map.of())) {
            List<String> lines = log.getOut().lines().toList();
            assertThat(lines).hasSizeLessThanOrEqualTo(5).noneMatch(line -> line.contains("WARN"));
            assertThat(lines.getLast())
                    .contains("Vendors: SIPSIM simulated by the sandbox, Swipe One simulated by the sandbox")
                    .contains(". Callers: everybody, as all data is invented. Try "
                            + gateway.caller().url().replace("127.0.0.1", "localhost")
                            + "/");
        }
        assertThat(log.getAll()).doesNotContain("sandbox-access-token", "sandbox-api-key");
    }

    @Test
    void startLineHasTheBasePathOfGraphiql(CapturedOutput log) {
        try (RunningGateway gateway = RunningGateway.start(
                Map.of("spring.webflux.base-path", "/api/tags", "GATEWAY_OVERVIEW_ENABLED", "false"))) {
            String url = gateway.caller().url();
            assertThat(log.getOut()).contains("Try " + url.replace("127.0.0.1", "localhost") + "/api/tags/graphiql");
            for (String path : List.of("/api/tags", "/api/tags/")) {
                String location = String.valueOf(gateway.caller()
                        .http()
                        .get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isTemporaryRedirect()
                        .returnResult(Void.class)
                        .getResponseHeaders()
                        .getLocation());
                assertThat(URI.create(url + path).resolve(location)).hasToString(url + "/api/tags/graphiql");
            }
        }
    }

    @Test
    void startLineHasTheSchemeOfTls(CapturedOutput log, @TempDir Path folder) throws IOException, InterruptedException {
        String keys = folder.resolve("keys.p12").toString();
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(tool, "-genkeypair", "-alias", "server", "-keyalg", "EC"));
        command.addAll(List.of("-dname", "CN=localhost", "-keystore", keys, "-storepass", SECRET));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        Map<String, String> variables = Map.of("server.ssl.key-store", keys, "server.ssl.key-store-password", SECRET);
        try (RunningGateway gateway = RunningGateway.start(variables)) {
            assertThat(log.getOut())
                    .contains("Try " + gateway.caller().url().replace("http://127.0.0.1", "https://localhost") + "/");
        }
    }

    /** Asserts that the start fails with a message that has neither a stack trace nor a credential. */
    private static void assertClosed(CapturedOutput log, Map<String, String> variables) {
        assertThat(catchThrowable(() -> RunningGateway.start(variables).close()))
                .isNotNull();
        assertThat(log.getOut()).contains("APPLICATION FAILED TO START");
        assertThat(log.getAll()).doesNotContain(SECRET, "\tat ", "Try http://");
    }

    @SafeVarargs
    private static Map<String, String> all(Map<String, String>... variables) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Map<String, String> some : variables) {
            all.putAll(some);
        }
        return all;
    }
}
