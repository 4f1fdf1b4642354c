package io.taggateway.access.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.model.Tenant;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.http.HttpHeaders;

/** What it costs to find the caller of a credential. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallerResolverBenchmark {

    private static final String KEY = "3f1b8f3b8d7a4e0f9c6d5b4a39281706";

    private static final JwtProperties JWT = new JwtProperties(
            "https://issuer.example",
            "",
            false,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Set.of("tags"),
            Duration.ofSeconds(30),
            "",
            "");

    private final CallerResolver resolver;
    private final HttpHeaders known = headers(CallerResolver.API_KEY, KEY);
    private final HttpHeaders unknown = headers(CallerResolver.API_KEY, "unknown");
    private final HttpHeaders token;

    public CallerResolverBenchmark() {
        try {
            RSAKey key = new RSAKeyGenerator(2048).keyID("benchmark").generate();
            resolver = resolver(key);
            token = headers(HttpHeaders.AUTHORIZATION, "Bearer " + token(key));
        } catch (JOSEException | IOException exception) {
            throw new IllegalStateException(exception);
        }
    }

    @Benchmark
    public @Nullable CallerAuthentication knownKey() {
        return resolver.resolve(known).block();
    }

    @Benchmark
    public @Nullable CallerAuthentication verifiedToken() {
        return resolver.resolve(token).block();
    }

    @Benchmark
    public CallerAuthentication unknownKey() {
        return resolver.resolve(unknown)
                .onErrorReturn(CallerResolver.ANYONE)
                .blockOptional()
                .orElseThrow();
    }

    private static CallerResolver resolver(RSAKey key) throws IOException {
        ApiKeyRegistry keys = new ApiKeyRegistry();
        keys.replace(Map.of(
                "benchmark", new ApiKeyProperties(List.of(sha256(KEY)), null, Set.of("tags.read"), null, null, null)));
        SecurityProperties properties =
                new SecurityProperties("api-key,jwt", Set.of(), List.of(), Map.of(), "", Duration.ofSeconds(5), JWT);
        String set = new JWKSet(key.toPublicJWK()).toString();
        IssuerKeySource source = new IssuerKeySource(
                URI.create("https://issuer.example/keys").toURL(),
                url -> new Resource(set, "application/json"),
                JWT.keyInterval());
        TokenVerifier tokens =
                new TokenVerifier(source, new TokenClaimValidator(JWT, Clock.systemUTC()), Clock.systemUTC());
        return new CallerResolver(properties, keys, tokens, new DefaultTenantCatalog(), Clock.systemUTC());
    }

    private static String token(RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(JWT.issuerUri())
                        .audience("tags")
                        .subject("benchmark")
                        .claim("scope", "tags.read")
                        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static String sha256(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static HttpHeaders headers(String name, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(name, value);
        return headers;
    }

    private record DefaultTenantCatalog() implements TenantCatalog {

        @Override
        public Set<Tenant> tenants() {
            return Set.of();
        }

        @Override
        public boolean isInUse() {
            return false;
        }

        @Override
        public void onChange(Consumer<Tenant> listener) {}
    }
}
