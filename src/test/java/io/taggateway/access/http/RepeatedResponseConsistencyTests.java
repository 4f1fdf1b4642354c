package io.taggateway.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.support.GatewayTest;
import io.taggateway.support.TestGateway;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests that no cached response is older than the last write that was completed before its request. */
@GatewayTest
class RepeatedResponseConsistencyTests {

    private static final int WRITES = 20;
    private static final Pattern NAME = Pattern.compile("Round (\\d+)");
    private static final String TAG = "{ tag(id: \"sipsim:tag:1\") { name } }";
    private static final String TAGS = "{ tags { nodes { id name } } }";
    private static final String CALLS = "{ calls(first: 1) { nodes { tags { name } } } }";
    private static final String GROUPS = "{ tagGroups(first: 100) { nodes { tags { name } } } }";

    private final HttpCaller caller;
    private final MeterRegistry meters;
    private final AtomicInteger answered = new AtomicInteger();

    RepeatedResponseConsistencyTests(TestGateway gateway, @Autowired MeterRegistry meters) {
        this.caller = new HttpCaller(gateway.url());
        this.meters = meters;
    }

    @Test
    void noResponseIsOlderThanLastCompletedWrite() throws Exception {
        write(0);
        double hits = hits();
        List<Callable<Integer>> readers = List.of(
                () -> read(caller::execute, TAG),
                () -> read(caller::execute, TAGS),
                () -> read(caller::get, TAGS),
                () -> read(caller::get, GROUPS));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> reads = readers.stream().map(threads::submit).toList();
            writeRounds(() -> {
                // A cached response before the next write
                caller.execute(TAGS);
                caller.execute(TAGS);
            });
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isPositive();
            }
        }
        assertThat(hits()).isGreaterThan(hits + WRITES / 2.0);
    }

    @Test
    void noSharedResponseIsOlderThanLastCompletedWrite() throws Exception {
        String set = "mutation { setTags(input: {subjectId: \"sipsim:call:100400\", tags: [{id: \"sipsim:tag:1\"}]})"
                + " { userErrors { message } } }";
        assertThat(caller.execute(set).body()).contains("\"userErrors\":[]");
        write(0);
        double joined = joined();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> reads = Stream.generate(() -> threads.submit(() -> read(caller::execute, CALLS)))
                    .limit(6)
                    .toList();
            writeRounds(() -> caller.execute(CALLS));
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isPositive();
            }
        }
        assertThat(joined()).isGreaterThan(joined);
    }

    private void writeRounds(Runnable between) {
        try {
            for (int round = 1; round <= WRITES; round++) {
                write(round);
                between.run();
            }
        } finally {
            // Ends the readers if a write fails
            answered.set(WRITES);
        }
    }

    private void write(int round) {
        String name = "Round " + round;
        assertThat(caller.execute("mutation { updateTag(input: {id: \"sipsim:tag:1\", name: \"" + name
                                + "\"}) { tag { name } userErrors { message } } }")
                        .body())
                .contains("\"name\":\"" + name + "\"");
        answered.set(round);
    }

    /** Reads until the last write is completed, and returns the number of reads. */
    private int read(Function<String, HttpResponse<String>> request, String query) {
        int count = 0;
        while (answered.get() < WRITES) {
            int least = answered.get();
            String body = request.apply(query).body();
            Matcher name = NAME.matcher(body);
            assertThat(name.find()).as(body).isTrue();
            assertThat(Integer.parseInt(name.group(1))).isGreaterThanOrEqualTo(least);
            count++;
        }
        return count;
    }

    private double joined() {
        return meters.get("taggateway.shared.flights.joined").counter().count();
    }

    private double hits() {
        return meters.get("taggateway.response.cache.requests")
                .tag("outcome", "hit")
                .counter()
                .count();
    }
}
