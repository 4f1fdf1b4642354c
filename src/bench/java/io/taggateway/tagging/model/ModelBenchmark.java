package io.taggateway.tagging.model;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Slugs, colors and ids, which are made for each tag of a list. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ModelBenchmark {

    /** A name of letters of ASCII. */
    public String plain = "Follow-up Call 12";

    /** A name that normalization changes. */
    public String accented = "Größe – Préféré №3";

    /** An id of a tag. */
    public String id = "swipeone:tag:6682840d9286aa59ee3d4181";

    @Benchmark
    public String slugOfPlainName() {
        return Slug.of(plain);
    }

    @Benchmark
    public String slugOfAccentedName() {
        return Slug.of(accented);
    }

    @Benchmark
    public Color colorInHex() {
        return Color.read("#E54D2E");
    }

    @Benchmark
    public Color colorInHsl() {
        return Color.read("hsl(10 77% 54%)");
    }

    @Benchmark
    public GlobalId idRead() {
        return GlobalId.parse(id);
    }

    @Benchmark
    public String idWritten() {
        return GlobalId.of(Vendor.SWIPEONE, NodeType.TAG, "6682840d9286aa59ee3d4181");
    }
}
