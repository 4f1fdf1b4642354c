package io.taggateway.tagging.paging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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

/** Cursors, which are written for each edge that a query selects. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CursorBenchmark {

    private final CursorCodec codec = new CursorCodec("key of the benchmark".getBytes(StandardCharsets.UTF_8));
    private final List<@Nullable String> fields = Arrays.asList("tags", "follow-up", null, "sipsim:tag:2");
    private final String cursor = codec.write(fields);

    @Benchmark
    public String cursorWritten() {
        return codec.write(fields);
    }

    @Benchmark
    public List<@Nullable String> cursorRead() {
        return codec.read(cursor);
    }
}
