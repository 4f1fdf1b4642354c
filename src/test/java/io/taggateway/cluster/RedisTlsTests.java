package io.taggateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis with TLS, whose certificate is in the trust store of one gateway, and not of another. */
@ClusterTest
class RedisTlsTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    @Test
    void onlyCertificatesOfTheTrustStoreAreAccepted() throws Exception {
        Path store = directory.resolve("redis.p12");
        createCertificate(store);
        int port = ServerProcess.freePort();
        try (RedisServer redis = startTls(store, port)) {
            String url = "rediss://127.0.0.1:" + port;
            String options = "-Djavax.net.ssl.trustStore=" + store + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
            Map<String, String> own = Map.of("REDIS_URL", url, "JAVA_TOOL_OPTIONS", options);
            assertThat(redis.port()).isNotEqualTo(port);
            try (ReplicaSet trusting = ReplicaSet.start(1, own);
                    ReplicaSet others = ReplicaSet.start(1, Map.of("REDIS_URL", url))) {
                await().atMost(LIMIT)
                        .until(() -> trusting.replicas().getFirst().status("/actuator/health/cluster") == 200);
                assertThat(others.replicas().getFirst().status("/actuator/health/cluster"))
                        .isEqualTo(503);
                assertThat(others.replicas().getFirst().log()).contains("Redis is not available");
            }
        }
    }

    private static void createCertificate(Path store) throws Exception {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-ext",
                        "bc:c",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    /** It has another port without TLS, at which the test sees that it has started. */
    private RedisServer startTls(Path store, int port) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey("redis", PASSWORD.toCharArray());
        Path keyFile = pem("PRIVATE KEY", key.getEncoded());
        Path certificate = pem("CERTIFICATE", keys.getCertificate("redis").getEncoded());
        return RedisServer.start(
                "--tls-port",
                String.valueOf(port),
                "--tls-auth-clients",
                "no",
                "--tls-key-file",
                keyFile.toString(),
                "--tls-cert-file",
                certificate.toString());
    }

    private Path pem(String type, byte[] content) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                directory.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }
}
