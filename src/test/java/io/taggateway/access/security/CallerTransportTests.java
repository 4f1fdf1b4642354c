package io.taggateway.access.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.PlainJWT;
import io.taggateway.access.security.CallerTransport.Socket;
import io.taggateway.support.GatewayClient;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of valid and invalid credentials of each kind on each transport. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class CallerTransportTests {

    private static final String KEY = "a-key";

    private static final JWK UNKNOWN = TestIssuer.ec();

    private final TestIssuer issuer = new TestIssuer();
    private final Path file;
    private final RunningGateway gateway;
    private final String url;

    CallerTransportTests(@TempDir Path folder) throws IOException {
        file = folder.resolve("keys.yml");
        Files.writeString(file, keys("filed", "tags.read, schema.read"));
        gateway = RunningGateway.start(variables());
        url = gateway.caller().url();
    }

    private static String keys(String key, String scopes) {
        return """
            reader:
              sha256: %s
              scopes: %s
            """.formatted(ApiKeyDigest.of(key), scopes);
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("GATEWAY_SECURITY_MODE", "api-key,jwt");
        variables.put(
                "GATEWAY_API_KEYS",
                "web=" + ApiKeyDigest.of(KEY) + ":tags.read+schema.read,operator=" + ApiKeyDigest.of("an-operator's")
                        + ":admin");
        variables.put("GATEWAY_API_KEYS_FILE", file.toString());
        variables.put("GATEWAY_API_KEYS_INTERVAL", "100ms");
        variables.put("gateway.security.api-keys.lost.sha256", ApiKeyDigest.of("lost"));
        variables.put("gateway.security.api-keys.lost.tenant", "not-configured");
        variables.put("gateway.security.api-keys.lost.scopes", "schema.read");
        variables.put("GATEWAY_JWT_TENANT_CLAIM", "tenant");
        variables.put("GATEWAY_JWT_ISSUER_URI", issuer.uri());
        variables.put("GATEWAY_JWT_KEY_INTERVAL", "200ms");
        variables.put("GATEWAY_JWT_AUDIENCE", TestIssuer.AUDIENCE);
        variables.put("GATEWAY_JWT_CLOCK_SKEW", "1s");
        variables.put("management.server.port", "0");
        return variables;
    }

    @AfterAll
    void stop() {
        gateway.close();
        issuer.close();
    }

    @ParameterizedTest
    @EnumSource
    void validCredentialsAreAccepted(CallerTransport transport) throws IOException, InterruptedException {
        int accepted = transport.name().startsWith("WEBSOCKET") ? 0 : 200;
        String token = issuer.token(claims -> claims.claim("scope", "schema.read"));
        assertThat(transport.send(url, bearer(token))).isEqualTo(accepted);
        assertThat(transport.send(url, bearer(token))).isEqualTo(accepted);
        assertThat(transport.send(url, Map.of("authorization", "bearer " + token)))
                .isEqualTo(accepted);
        assertThat(transport.send(url, Map.of("X-API-Key", KEY))).isEqualTo(accepted);
        assertThat(transport.send(url, Map.of("x-api-key", "filed"))).isEqualTo(accepted);
    }

    @ParameterizedTest
    @EnumSource
    void invalidCredentialsAreRejected(CallerTransport transport) throws IOException, InterruptedException {
        int rejected = transport == CallerTransport.WEBSOCKET_PAYLOAD ? 4401 : 401;
        for (Map<String, String> credential : invalid().toList()) {
            assertThat(transport.send(url, credential)).as("%s", credential).isEqualTo(rejected);
        }
        int missing = transport.name().startsWith("WEBSOCKET") ? 4401 : 401;
        assertThat(transport.send(url, Map.of())).isEqualTo(missing);
    }

    @ParameterizedTest
    @EnumSource
    void callersOfATenantThatIsNotConfiguredAreForbidden(CallerTransport transport)
            throws IOException, InterruptedException {
        int forbidden = transport == CallerTransport.WEBSOCKET_PAYLOAD ? 4403 : 403;
        String token = issuer.token(claims -> claims.claim("tenant", "not-configured"));
        assertThat(transport.send(url, bearer(token))).isEqualTo(forbidden);
        assertThat(transport.send(url, Map.of("X-API-Key", "lost"))).isEqualTo(forbidden);
    }

    private Stream<Map<String, String>> invalid() {
        Date past = Date.from(Instant.now().minusSeconds(60));
        Date future = Date.from(Instant.now().plusSeconds(60));
        String valid = issuer.token(claims -> {});
        String signature = valid.substring(valid.lastIndexOf('.') + 1);
        String payload = valid.substring(0, valid.lastIndexOf('.'));
        String other = issuer.token(claims -> claims.subject("another"));
        OctetSequenceKey publicKey = new OctetSequenceKey.Builder(
                        issuer.key().toPublicJWK().toJSONString().getBytes(UTF_8))
                .keyID(issuer.key().getKeyID())
                .build();
        Stream<String> tokens = Stream.of(
                "",
                "nonsense",
                "a.b.c",
                new PlainJWT(issuer.claims(claims -> {})).serialize(),
                TestIssuer.sign(publicKey, issuer.claims(claims -> {})),
                TestIssuer.sign(UNKNOWN, issuer.claims(claims -> {})),
                other.substring(0, other.lastIndexOf('.') + 1) + signature,
                payload + ".",
                issuer.token(claims -> claims.audience("another")),
                issuer.token(claims -> claims.audience((String) null)),
                issuer.token(claims -> claims.issuer("https://another.example.com")),
                issuer.token(claims -> claims.issuer(null)),
                issuer.token(claims -> claims.expirationTime(past)),
                issuer.token(claims -> claims.expirationTime(null)),
                issuer.token(claims -> claims.notBeforeTime(future)),
                issuer.token(claims -> claims.subject(null)));
        return Stream.concat(
                tokens.map(CallerTransportTests::bearer),
                Stream.of(
                        Map.of("X-API-Key", ""),
                        Map.of("X-API-Key", "unknown"),
                        Map.of("X-API-Key", ApiKeyDigest.of(KEY)),
                        Map.of("X-API-Key", KEY, "Authorization", "Bearer " + valid),
                        Map.of("Authorization", "Basic dXNlcjpwYXNzd29yZA==")));
    }

    @ParameterizedTest
    @EnumSource
    void tokenIsVerifiedOnceWhenItsRequestIsRefused(CallerTransport transport)
            throws IOException, InterruptedException {
        String token = TestIssuer.sign(UNKNOWN, issuer.claims(claims -> {}));
        int before = issuer.keyRequests();
        assertThat(transport.send(url, bearer(token))).isIn(401, 4401);
        assertThat(issuer.keyRequests()).isEqualTo(before + 1);
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    @ParameterizedTest
    @CsvSource({"'', 401", "unknown, 401", "a-key, 403", "filed, 403", "an-operator's, 200"})
    void managementPortRequiresTheScopeOfOperators(String key, int status) {
        int port = gateway.context().getEnvironment().getRequiredProperty("local.management.port", Integer.class);
        for (String path : List.of("/actuator/prometheus", "/actuator/health", "/actuator")) {
            GatewayClient.of(port)
                    .http()
                    .get()
                    .uri(path)
                    .header("X-API-Key", key)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(status);
        }
    }

    @Test
    void noRequestIsRejectedWhenTheIssuerRotatesKeys() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            for (var key : List.of(TestIssuer.rsa(), TestIssuer.ec())) {
                String before = issuer.token(claims -> {});
                assertThat(CallerTransport.POST.send(url, bearer(before))).isEqualTo(200);
                issuer.rotate(key);
                assertThat(CallerTransport.POST.send(url, bearer(before))).isEqualTo(200);
                assertThat(CallerTransport.POST.send(url, bearer(issuer.token(claims -> {}))))
                        .isEqualTo(200);
            }
        }
        int read = issuer.keyRequests();
        assertThat(CallerTransport.POST.send(url, bearer(issuer.token(claims -> {}))))
                .isEqualTo(200);
        assertThat(issuer.keyRequests()).isEqualTo(read);
    }

    @Test
    void connectionsEndWhenTheirTokenExpires() throws IOException, InterruptedException {
        Date soon = Date.from(Instant.now().plusSeconds(2));
        Map<String, String> credential = bearer(issuer.token(claims -> claims.expirationTime(soon)));
        try (Socket byPayload = Socket.open(url, Map.of(), credential);
                Socket byHeaders = Socket.open(url, credential, Map.of());
                CallerStream stream = CallerStream.open(url, credential)) {
            assertThat(byPayload.acknowledged()).isZero();
            byPayload.subscribe();
            assertThat(byHeaders.acknowledged()).isZero();
            assertThat(byPayload.closed()).isEqualTo(4401);
            assertThat(byHeaders.closed()).isEqualTo(4401);
            assertThat(stream.end()).contains("\"UNAUTHENTICATED\"").endsWith("event:complete\ndata:{}\n\n");
        }
        assertThat(CallerTransport.POST.send(url, credential)).isEqualTo(401);
    }

    @Test
    void connectionsEndWhenAChangeOfTheFileRevokesTheirKey() throws IOException, InterruptedException {
        Map<String, String> credential = Map.of("X-API-Key", "filed");
        Map<String, String> kept = Map.of("X-API-Key", KEY);
        try (Socket socket = Socket.open(url, Map.of(), credential);
                Socket other = Socket.open(url, Map.of(), kept);
                CallerStream stream = CallerStream.open(url, credential)) {
            assertThat(socket.acknowledged()).isZero();
            assertThat(other.acknowledged()).isZero();
            Files.writeString(file, "");
            Files.writeString(file, "reader: {sha256: not-a-digest, scopes: tags.read}");
            Files.writeString(file, keys("next", "tags.read"));
            assertThat(socket.closed()).isEqualTo(4401);
            assertThat(stream.end()).contains("\"UNAUTHENTICATED\"");
            assertThat(CallerTransport.POST.send(url, credential)).isEqualTo(401);
            assertThat(CallerTransport.POST.send(url, Map.of("X-API-Key", "next")))
                    .isEqualTo(200);
            assertThat(CallerTransport.POST.send(url, kept)).isEqualTo(200);
            Files.writeString(file, keys("filed", "tags.read, schema.read"));
            await().until(() -> CallerTransport.POST.send(url, credential) == 200);
        }
    }
}
