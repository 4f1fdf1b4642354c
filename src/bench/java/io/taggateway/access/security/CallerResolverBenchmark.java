package io.taggateway.access.security;

import io.taggateway.tagging.directory.TenantCatalog;
import io.taggateway.tagging.model.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
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

/** What a caller with a known API key costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallerResolverBenchmark {

    private static final String KEY = "3f1b8f3b8d7a4e0f9c6d5b4a39281706";

    private final CallerResolver resolver = resolver();
    private final HttpHeaders known = headers(KEY);
    private final HttpHeaders unknown = headers("unknown");

    @Benchmark
    public @Nullable CallerAuthentication knownKey() {
        return resolver.resolve(known).block();
    }

    @Benchmark
    public CallerAuthentication unknownKey() {
        return resolver.resolve(unknown)
                .onErrorReturn(CallerResolver.ANYONE)
                .blockOptional()
                .orElseThrow();
    }

    private static CallerResolver resolver() {
        ApiKeyRegistry keys = new ApiKeyRegistry();
        keys.replace(Map.of(
                "benchmark", new ApiKeyProperties(List.of(sha256(KEY)), null, Set.of("tags.read"), null, null, null)));
        SecurityProperties properties = new SecurityProperties(
                "api-key",
                Set.of(),
                List.of(),
                Map.of(),
                "",
                Duration.ofSeconds(5),
                new JwtProperties("", "", Set.of(), Duration.ofSeconds(30), "", ""));
        return new CallerResolver(properties, keys, null, new DefaultTenantCatalog(), Clock.systemUTC());
    }

    private static String sha256(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static HttpHeaders headers(String key) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(CallerResolver.API_KEY, key);
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
