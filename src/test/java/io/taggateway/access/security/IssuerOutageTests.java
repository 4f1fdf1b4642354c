package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import io.taggateway.access.security.TestIssuer.Outage;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.tagging.model.StartupException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of tokens of an issuer whose keys cannot be retrieved or have just changed. */
@TestInstance(Lifecycle.PER_CLASS)
@SlowTest
class IssuerOutageTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestIssuer issuer = new TestIssuer();
    private final RunningGateway gateway = start(issuer, "200ms");

    private static RunningGateway start(TestIssuer issuer, String interval) {
        return RunningGateway.start(Map.of(
                "GATEWAY_SECURITY_MODE",
                "jwt",
                "GATEWAY_JWT_ISSUER_URI",
                issuer.uri(),
                "GATEWAY_JWT_KEY_TIMEOUT",
                "1s",
                "GATEWAY_JWT_KEY_INTERVAL",
                interval,
                "GATEWAY_JWT_AUDIENCE",
                TestIssuer.AUDIENCE,
                "GATEWAY_LIMITS_ADDRESS_FAILED_AUTHENTICATIONS_PER_MINUTE",
                "0"));
    }

    @AfterEach
    void restore() {
        issuer.fail(null);
    }

    @AfterAll
    void stop() {
        gateway.close();
        issuer.close();
    }

    private int post(String token) throws IOException, InterruptedException {
        return post(gateway, token);
    }

    private static int post(RunningGateway gateway, String token) throws IOException, InterruptedException {
        return CallerTransport.POST.send(gateway.caller().url(), Map.of("Authorization", "Bearer " + token));
    }

    private void acceptEventually(String token) {
        acceptEventually(gateway, token);
    }

    private static void acceptEventually(RunningGateway gateway, String token) {
        await().atMost(PATIENCE).until(() -> post(gateway, token) == 200);
    }

    @ParameterizedTest
    @EnumSource(Outage.class)
    void tokensOfKnownKeysAreAcceptedDuringAnOutage(Outage outage) throws IOException, InterruptedException {
        issuer.fail(null);
        JWK before = issuer.key();
        String verified = issuer.token(claims -> {});
        acceptEventually(verified);
        issuer.fail(outage);
        issuer.rotate(TestIssuer.ec());
        int requests = issuer.keyRequests();
        assertThat(post(issuer.token(claims -> {}))).isEqualTo(503);
        assertThat(issuer.keyRequests()).isBetween(requests + 1, requests + 9);
        assertThat(post(verified)).isEqualTo(200);
        assertThat(post(TestIssuer.sign(before, issuer.claims(claims -> {})))).isEqualTo(200);
        assertThat(post(TestIssuer.sign(before, issuer.claims(claims -> claims.audience("another")))))
                .isEqualTo(401);
        issuer.fail(null);
        acceptEventually(issuer.token(claims -> {}));
    }

    @Test
    void unknownTokensDoNotFloodAnIssuerThatFails() throws Exception {
        try (RunningGateway patient = start(issuer, "1s")) {
            acceptEventually(patient, issuer.token(claims -> {}));
            issuer.fail(Outage.BROKEN);
            issuer.rotate(TestIssuer.ec());
            int before = issuer.keyRequests();
            List<Future<Integer>> statuses = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    String token = i % 2 == 0 ? issuer.token(claims -> {}) : issuer.tokenWithoutKeyId();
                    statuses.add(threads.submit(() -> post(patient, token)));
                }
            }
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(503);
            }
            assertThat(issuer.keyRequests() - before).isLessThan(25);
        }
    }

    @Test
    void responseNamesTheIssuerAsReasonWhileATokenCannotBeVerified() throws IOException, InterruptedException {
        acceptEventually(issuer.token(claims -> {}));
        issuer.fail(Outage.NOT_FOUND);
        issuer.rotate(TestIssuer.ec());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gateway.caller().url() + "/graphql?query=%7B__typename%7D"))
                .header("Authorization", "Bearer " + issuer.token(claims -> {}))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofString()).body())
                    .contains("The keys of the issuer of the token cannot be retrieved.");
        }
    }

    @Test
    void socketIsClosedAsUnavailableWhileItsTokenCannotBeVerified() throws IOException, InterruptedException {
        acceptEventually(issuer.token(claims -> {}));
        issuer.fail(Outage.NOT_FOUND);
        issuer.rotate(TestIssuer.ec());
        Map<String, String> credential = Map.of("Authorization", "Bearer " + issuer.token(claims -> {}));
        assertThat(CallerTransport.WEBSOCKET_PAYLOAD.send(gateway.caller().url(), credential))
                .isEqualTo(1013);
    }

    @Test
    void tokenWithoutKeyIdIsAcceptedRightAfterARotation() throws IOException, InterruptedException {
        acceptEventually(issuer.tokenWithoutKeyId());
        for (JWK key : List.of(TestIssuer.rsa(), TestIssuer.rsa(), TestIssuer.ec(), TestIssuer.ec())) {
            issuer.rotate(key);
            assertThat(post(issuer.tokenWithoutKeyId())).isEqualTo(200);
        }
        assertThat(post(TestIssuer.sign(TestIssuer.ec(), issuer.claims(claims -> {}))))
                .isEqualTo(401);
    }

    @Test
    void gatewayStartsBeforeItsIssuer() throws IOException, InterruptedException {
        try (TestIssuer late = new TestIssuer()) {
            late.fail(Outage.ENDED);
            try (RunningGateway early = start(late, "200ms")) {
                assertThat(post(early, late.token(claims -> {}))).isEqualTo(503);
                assertThat(post(early, late.tokenWithoutKeyId())).isEqualTo(503);
                assertThat(post(early, "nonsense")).isEqualTo(401);
                late.fail(null);
                acceptEventually(early, late.token(claims -> {}));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GATEWAY_JWT_ISSUER_URI, http://login.example.com",
        "GATEWAY_JWT_JWK_SET_URI, http://192.0.2.1/keys",
        "GATEWAY_JWT_JWK_SET_URI, http://localhost.example.com/keys"
    })
    void startIsRefusedIfKeysWouldBeRetrievedOverHttp(String variable, String uri) {
        assertThatThrownBy(() -> RunningGateway.start(Map.of(
                                "GATEWAY_SECURITY_MODE",
                                "jwt",
                                "GATEWAY_JWT_AUDIENCE",
                                TestIssuer.AUDIENCE,
                                variable,
                                uri))
                        .close())
                .rootCause()
                .isInstanceOf(StartupException.class)
                .hasMessageStartingWith(variable + " must be an https URL")
                .hasMessageContaining("GATEWAY_JWT_ALLOW_INSECURE_HTTP=true");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT1S, PT-1S", "PT0.0005S, PT1S"})
    void durationsOfKeysAreAtLeastAMillisecond(Duration timeout, Duration interval) {
        assertThatThrownBy(() -> new JwtProperties("", "", false, timeout, interval, Set.of(), Duration.ZERO, "", ""))
                .hasMessageContaining("must be at least 1ms");
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com, false, true",
        "http://login.example.com, false, false",
        "http://login.example.com, true, true",
        "http://127.0.0.2:80/keys, false, true",
        "http://localhost/keys, false, true",
        "http://0.0.0.0/keys, false, false",
        "file:/run/secrets/keys, false, true"
    })
    void keysAreRetrievedOverHttpFromLoopbackOnly(String url, boolean insecureAllowed, boolean allowed)
            throws IOException {
        assertThat(new IssuerKeyRetriever(insecureAllowed, Duration.ofSeconds(2))
                        .isAllowed(URI.create(url).toURL()))
                .isEqualTo(allowed);
    }
}
