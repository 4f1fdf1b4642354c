package io.taggateway.access.cache;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taggateway.access.cache.CachedResponse.Content;
import io.taggateway.access.http.HttpOperationPolicy;
import io.taggateway.access.http.ResponseMediaType;
import io.taggateway.tagging.directory.TenantRegistry.AccountSet;
import io.taggateway.tagging.directory.VendorDirectory;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.operation.CacheHint;
import io.taggateway.tagging.operation.Caller;
import io.taggateway.tagging.paging.CursorCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** The lookup of a response by the bytes of a POST request, including its key. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ResponseCacheBenchmark {

    private static final Caller CALLER = new Caller("benchmark", null, Set.of("tags.read", "calls.read"), null);

    private final byte[] known = body("{tags(first:100){nodes{id name color{hex}}}}");
    private final byte[] unknown = body("{tags(first:101){nodes{id name color{hex}}}}");
    private final ResponseCache cache = new ResponseCache(
            new ResponseCacheProperties(true, DataSize.ofMegabytes(16)), Clock.systemUTC(), new SimpleMeterRegistry());

    public ResponseCacheBenchmark() {
        CacheHint hint = new CacheHint();
        hint.use(new TagList(Instant.now()));
        VendorDirectory directory = new VendorDirectory(
                new AccountSet(List.of(), new CursorCodec(new byte[] {1})), new ChangeFeed(1), Duration.ofMinutes(1));
        Content content = new Content(HttpStatus.OK, List.of(new byte[6_000]), null, List.of());
        cache.keep(key(known), new CachedResponse(content, directory, hint, 100));
        if (cache.find(key(known)) == null) {
            throw new IllegalStateException("The response is not cached");
        }
    }

    @Benchmark
    public @Nullable CachedResponse cachedResponse() {
        return cache.find(key(known));
    }

    @Benchmark
    public @Nullable CachedResponse noResponse() {
        return cache.find(key(unknown));
    }

    private static RequestKey key(byte[] bytes) {
        return new RequestKey(CALLER, new HttpOperationPolicy(HttpMethod.POST, ResponseMediaType.JSON, false), bytes);
    }

    private static byte[] body(String query) {
        return "{\"query\":\"%s\"}".formatted(query).getBytes(StandardCharsets.UTF_8);
    }

    private record TagList(Instant fetchedAt) implements CacheHint.Source {

        @Override
        public boolean isCurrent() {
            return true;
        }

        @Override
        public Instant freshUntil() {
            return fetchedAt.plus(Duration.ofDays(1));
        }
    }
}
