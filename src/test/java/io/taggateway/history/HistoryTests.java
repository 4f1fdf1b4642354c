package io.taggateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.Sandbox;
import io.taggateway.support.JsonClient;
import io.taggateway.support.SandboxedGateway;
import io.taggateway.support.SlowTest;
import io.taggateway.support.VendorRecordClient;
import io.taggateway.tagging.operation.RunningOperationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Eight callers read, write and disconnect at random, while vendors fail, return stale data and are changed by another
 * program. Each round ends when no request is in progress, so that the outcome of all writes is known. The profile
 * {@code history} runs it longer.
 */
@SlowTest
class HistoryTests {

    private static final Duration SHORT = Duration.ofSeconds(4);
    private static final int CALLERS = 8;
    private static final int OPERATIONS = 8;
    private static final long SEED = 20_261_126;

    private final SandboxedGateway gateway = SandboxedGateway.start(Map.of("GATEWAY_REQUEST_TIMEOUT", "10s"));
    private final Sandbox sandbox = gateway.sandbox();
    private final VendorRecordClient records = gateway.records();
    private final History history = new History();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void everyReadIsExplainedByTheWritesWhileVendorsFailAndLag() throws Exception {
        long seed = Long.getLong("history.seed", SEED);
        Random random = new Random(seed);
        Duration duration = Duration.parse(System.getProperty("history.duration", SHORT.toString()));
        HistoryFixture subjects = HistoryFixture.begin(records, history);
        long end = System.nanoTime() + duration.toNanos();
        int round = 0;
        do {
            play(round, subjects, random);
            assertThat(history.violations())
                    .as("round %d of seed %d", round, seed)
                    .isEmpty();
            round++;
        } while (System.nanoTime() < end);
        assertThat(history.size()).isGreaterThan(round * CALLERS * OPERATIONS);
    }

    private void play(int round, HistoryFixture subjects, Random random) throws Exception {
        subjects.begin(round);
        int lag = round % 2 == 0 ? 0 : 1 + random.nextInt(3);
        sandbox.swipeone().options(sandbox.swipeone().options().withStaleReads(lag));
        List<HistoryCaller> callers = IntStream.range(0, CALLERS)
                .mapToObj(i -> new HistoryCaller(
                        new SingleGatewayClient(gateway.url()), round, subjects, new Random(random.nextLong())))
                .toList();
        HistoryDirectWriter stranger = new HistoryDirectWriter(records, subjects, new Random(random.nextLong()));
        Random faults = new Random(random.nextLong());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = Stream.concat(
                            callers.stream().<Runnable>map(caller -> () -> caller.act(OPERATIONS)),
                            Stream.<Runnable>of(() -> stranger.act(OPERATIONS), () -> fail(faults)))
                    .<Future<?>>map(threads::submit)
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        settle();
        subjects.readAtVendors(round);
    }

    /** Faults that are rare enough not to open a circuit. */
    private void fail(Random random) {
        for (Fault fault :
                List.of(Fault.status(503), Fault.cutOff(), Fault.slow(Duration.ofMillis(200)), Fault.status(502))) {
            String method = List.of("GET", "POST", "PUT", "DELETE").get(random.nextInt(4));
            sandbox.sipsim().fail(fault.times(1).on(method, ""));
            sandbox.swipeone().fail(fault.times(1).on(method.equals("GET") ? "GET" : "POST", ""));
        }
    }

    /** Waits for the writes of disconnected callers, and checks that no circuit is open. */
    private void settle() {
        gateway.gateway()
                .context()
                .getBean(RunningOperationRegistry.class)
                .idle()
                .block(Duration.ofSeconds(30));
        sandbox.sipsim().removeFaults();
        sandbox.swipeone().removeFaults();
        sandbox.swipeone().options(sandbox.swipeone().options().withStaleReads(0));
        history.settle(System.nanoTime());
        assertThat(JsonClient.execute(gateway.url(), "{ vendors { circuit } }")
                        .at("/data/vendors")
                        .valueStream()
                        .map(vendor -> vendor.path("circuit").asString()))
                .containsOnly("CLOSED");
    }
}
