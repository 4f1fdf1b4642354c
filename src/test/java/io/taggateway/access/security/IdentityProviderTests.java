package io.taggateway.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taggateway.support.RunningGateway;
import io.taggateway.support.SlowTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests of tokens of Spring Authorization Server. It needs servlets, so it is a process with a class path of its own,
 * which Maven writes before the tests.
 */
@SlowTest
class IdentityProviderTests {

    private static final Path CLASS_PATH = Path.of("target", "identity-provider.classpath");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void tokensAreAcceptedWhileKeysRotate() throws IOException {
        Process process = start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String issuer = "http://127.0.0.1:" + nextLine(output, "\\d+");
            try (RunningGateway gateway = RunningGateway.start(Map.of(
                    "GATEWAY_SECURITY_MODE",
                    "jwt",
                    "GATEWAY_JWT_ISSUER_URI",
                    issuer,
                    "GATEWAY_JWT_AUDIENCE",
                    TestIssuer.AUDIENCE))) {
                String first = token(issuer);
                assertThat(post(gateway, first)).isEqualTo(200);
                List<Integer> statuses = new CopyOnWriteArrayList<>();
                AtomicBoolean ended = new AtomicBoolean();
                CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> {
                    while (!ended.get()) {
                        statuses.add(post(gateway, token(issuer)));
                    }
                });
                for (String type : List.of("EC", "RSA", "EC", "RSA")) {
                    rotate(process, output, type);
                    assertThat(algorithm(token(issuer))).isEqualTo(type.equals("EC") ? "ES256" : "RS256");
                    int before = statuses.size();
                    await().atMost(PATIENCE).until(() -> statuses.size() > before + 5 || caller.isDone());
                }
                ended.set(true);
                caller.join();
                assertThat(statuses).hasSizeGreaterThan(20).containsOnly(200);
                assertThat(post(gateway, first)).isEqualTo(200);
                assertThat(post(gateway, first + "x")).isEqualTo(401);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start() throws IOException {
        assertThat(CLASS_PATH)
                .as("The class path of the identity provider, which 'mvn process-test-classes' writes")
                .exists();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Files.readString(CLASS_PATH),
                        "src/test/identity-provider/IdentityProvider.java",
                        "--rsa-keys=" + new ClassPathResource("rsa-keys.json", TestIssuer.class).getFile())
                .redirectError(Path.of("target", "identity-provider.log").toFile())
                .start();
    }

    private static void rotate(Process process, BufferedReader output, String type) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(type).append('\n').flush();
        nextLine(output, "rotated");
    }

    private static String nextLine(BufferedReader output, String pattern) throws IOException {
        String line = output.readLine();
        while (line != null && !line.matches(pattern)) {
            line = output.readLine();
        }
        assertThat(line).as("The identity provider has ended").isNotNull();
        return String.valueOf(line);
    }

    private String token(String issuer) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/oauth2/token"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("dashboard:secret".getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=tags.read"))
                .build();
        String body = http.sendAsync(request, BodyHandlers.ofString()).join().body();
        return JsonMapper.shared().readTree(body).path("access_token").asString();
    }

    private static String algorithm(String token) {
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return JsonMapper.shared().readTree(header).path("alg").asString();
    }

    private static int post(RunningGateway gateway, String token) {
        try {
            return CallerTransport.POST.send(gateway.caller().url(), Map.of("Authorization", "Bearer " + token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
