package io.taggateway.access.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** A local issuer of tokens, with OpenID Connect metadata and keys over HTTP. */
final class TestIssuer implements AutoCloseable {

    static final String AUDIENCE = "tag-gateway";

    /** For tests only. The generation of a key takes two seconds in a JVM without the JIT's second tier. */
    private static final List<JWK> RSA_KEYS = rsaKeys();

    private static final AtomicInteger RSA_COUNT = new AtomicInteger();

    private final HttpServer server;
    private final List<JWK> keys = new CopyOnWriteArrayList<>();
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable Outage outage;

    /** The responses of the issuer instead of its keys. */
    enum Outage {
        SILENT,
        ENDED,
        NOT_FOUND,
        BROKEN,
        MALFORMED,
        TOO_LARGE
    }

    TestIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/.well-known/openid-configuration",
                exchange ->
                        answer(exchange, "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(uri(), uri())));
        server.createContext("/keys", exchange -> {
            keyRequests.incrementAndGet();
            Outage now = outage;
            if (now != null) {
                fail(exchange, now);
                return;
            }
            answer(exchange, new JWKSet(List.copyOf(keys)).toString());
        });
        server.setExecutor(threads);
        server.start();
        rotate(ec());
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void fail(HttpExchange exchange, Outage now) throws IOException {
        switch (now) {
            case SILENT -> awaitEnd();
            case ENDED -> exchange.getResponseBody().close();
            case NOT_FOUND -> exchange.sendResponseHeaders(404, -1);
            case BROKEN -> exchange.sendResponseHeaders(500, -1);
            case MALFORMED -> answer(exchange, "{\"keys\": [{]}");
            case TOO_LARGE -> answer(exchange, "{\"keys\": [], \"x\": \"" + "x".repeat(2_000_000) + "\"}");
        }
        exchange.close();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends this response instead of the keys from now on; null to send the keys again. */
    void fail(@Nullable Outage from) {
        outage = from;
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The number of requests for the keys. */
    int keyRequests() {
        return keyRequests.get();
    }

    /** The next of the fixed RSA keys with an id of its own. */
    static JWK rsa() {
        RSAKey key = RSA_KEYS.get(RSA_COUNT.getAndIncrement() % RSA_KEYS.size()).toRSAKey();
        return new RSAKey.Builder(key).keyID(UUID.randomUUID().toString()).build();
    }

    private static List<JWK> rsaKeys() {
        try (InputStream json = new ClassPathResource("rsa-keys.json", TestIssuer.class).getInputStream()) {
            return JWKSet.load(json).getKeys();
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWK ec() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Replaces the key for signing, and publishes only the new one. */
    void rotate(JWK key) {
        keys.addFirst(key);
        keys.retainAll(List.of(key));
    }

    /** A valid token with changed claims. */
    String token(Consumer<JWTClaimsSet.Builder> change) {
        return sign(keys.getFirst(), claims(change));
    }

    JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(uri())
                .subject("dashboard")
                .audience(List.of("another", AUDIENCE))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .jwtID(UUID.randomUUID().toString())
                .claim("tenant", "default")
                .claim("scope", "openid tags.read");
        change.accept(claims);
        return claims.build();
    }

    /** A valid token whose header does not name its key. */
    String tokenWithoutKeyId() {
        return sign(keys.getFirst(), claims(claims -> {}), false);
    }

    static String sign(JWK key, JWTClaimsSet claims) {
        return sign(key, claims, true);
    }

    private static String sign(JWK key, JWTClaimsSet claims, boolean namesKey) {
        try {
            JWSAlgorithm algorithm = switch (key.getKeyType().getValue()) {
                case "RSA" -> JWSAlgorithm.RS256;
                case "EC" -> JWSAlgorithm.ES256;
                default -> JWSAlgorithm.HS256;
            };
            JWSHeader header = new JWSHeader.Builder(algorithm)
                    .type(JOSEObjectType.JWT)
                    .keyID(namesKey ? key.getKeyID() : null)
                    .build();
            SignedJWT token = new SignedJWT(header, claims);
            JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key that is published now. */
    JWK key() {
        return keys.getFirst();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.close();
    }
}
