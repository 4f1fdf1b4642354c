package io.taggateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.taggateway.sandbox.Fault;
import io.taggateway.sandbox.Sandbox;
import io.taggateway.sandbox.SandboxVendor;
import io.taggateway.support.JsonClient;
import io.taggateway.support.RunningGateway;
import io.taggateway.support.SandboxInitializer;
import io.taggateway.support.SlowTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Tests that no response is late or wrong, and nothing leaks, while a vendor fails in changing ways. The profile
 * {@code history} runs it longer.
 */
@SlowTest
class SoakTests {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int FEWEST = 1_000;
    private static final List<String> OUTCOMES =
            List.of("ok", "timeout", "server_error", "unavailable", "rate_limited");
    private static final Duration FLAP = Duration.ofMillis(330);
    private static final Duration SETTLED = Duration.ofSeconds(30);

    /** The gateway's own deadline, with a margin for a busy machine. */
    private static final Duration LATEST = Duration.ofSeconds(11);

    private static final int CALLERS = 16;
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 32;
    private static final int MORE_THREADS = 8;

    private static final String SIPSIM =
            "{ calls(first: 5) { nodes { id } } tags(filter: {vendors: [SIPSIM]}) { nodes { id name } } }";
    private static final String BOTH = "{ sipsim: tags(filter: {vendors: [SIPSIM]}) { nodes { id name } }"
            + " tags { totalCount sources { vendor status } } }";
    private static final String CONTACTS = "{ contacts(first: 3) { nodes { id } } }";

    private final Sandbox sandbox = Sandbox.start();
    private final SandboxVendor<?> swipeone = sandbox.swipeone();
    private final RunningGateway gateway = RunningGateway.start(properties(sandbox));
    private final WebClient http = WebClient.create(gateway.caller().url());
    private final Queue<String> wrongs = new ConcurrentLinkedQueue<>();
    private final Map<String, JsonNode> undisturbed = new HashMap<>();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();
    private final ListAppender<ILoggingEvent> leaks = new ListAppender<>();
    private final Logger leakLog = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

    private static ResourceLeakDetector.Level usual = ResourceLeakDetector.getLevel();

    private static Map<String, String> properties(Sandbox sandbox) {
        Map<String, String> properties = new HashMap<>(SandboxInitializer.properties(sandbox));
        properties.put("SIPSIM_RESPONSE_TIMEOUT", "8s");
        properties.put("SIPSIM_CIRCUIT_ENABLED", "true");
        properties.put("SWIPEONE_CIRCUIT_ENABLED", "true");
        properties.put("gateway.vendors.swipeone.circuit.open-for", "300ms");
        properties.put("SWIPEONE_RESPONSE_TIMEOUT", "500ms");
        for (String vendor : List.of("SIPSIM", "SWIPEONE")) {
            properties.put(vendor + "_MAX_CONNECTIONS", Integer.toString(CONNECTIONS));
            properties.put(vendor + "_MAX_WAITING", Integer.toString(WAITING));
        }
        properties.put("GATEWAY_TAGS_FRESH_FOR", "100ms");
        properties.put("GATEWAY_TAGS_EXPIRE_AFTER", "200ms");
        properties.put("GATEWAY_TAGS_STALE_IF_ERROR", "1s");
        return properties;
    }

    /** Before the gateway starts, so that each access to its buffers is recorded. */
    @BeforeAll
    static void recordAccesses() {
        usual = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterAll
    static void restoreLevel() {
        ResourceLeakDetector.setLevel(usual);
    }

    @BeforeEach
    void watchLeaks() {
        leaks.start();
        leakLog.addAppender(leaks);
    }

    @AfterEach
    void close() {
        leakLog.detachAppender(leaks);
        gateway.close();
        sandbox.close();
    }

    @Test
    void onlyPartOfUnstableVendorIsMissing() {
        for (String document : List.of(SIPSIM, BOTH, CONTACTS)) {
            undisturbed.put(document, JsonClient.execute(gateway.caller().url(), document));
        }
        callersFor(Duration.ofSeconds(1), () -> true);
        assertThat(wrongs).isEmpty();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();

        Disposable flapping = flap();
        callersFor(
                Duration.parse(System.getProperty("soak.duration", SHORT.toString())),
                () -> answers.get() >= FEWEST && outcomes().containsAll(OUTCOMES));
        flapping.dispose();
        swipeone.removeFaults();

        assertThat(wrongs).isEmpty();
        assertThat(Duration.ofNanos(slowest.get())).isLessThan(LATEST);
        assertThat(outcomes()).containsAll(OUTCOMES);
        assertThat(connections()).isBetween(Files.exists(Path.of("/proc/self/net/tcp")) ? 1L : 0L, 2L * CONNECTIONS);
        await().atMost(SETTLED).untilAsserted(this::assertHealed);
        await().atMost(SETTLED)
                .untilAsserted(
                        () -> assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                                .isLessThanOrEqualTo(threads + MORE_THREADS));
        assertNothingLeaked();
    }

    /** Changes the fault at short intervals: all of them one after another, each time in another order. */
    private Disposable flap() {
        List<Fault> faults = Arrays.asList(
                Fault.slow(Duration.ZERO),
                Fault.slow(Duration.ofMillis(200)),
                Fault.slow(Duration.ofSeconds(1)),
                Fault.status(500),
                Fault.cutOff(),
                Fault.tooManyRequests());
        Random random = new Random(4);
        return Flux.interval(Duration.ZERO, FLAP).subscribe(tick -> {
            int next = (int) (tick % faults.size());
            if (next == 0) {
                Collections.shuffle(faults, random);
            }
            swipeone.removeFaults();
            swipeone.fail(faults.get(next));
        });
    }

    /** Sends requests for some time, or longer, until there were enough responses. */
    private void callersFor(Duration duration, BooleanSupplier enough) {
        long end = System.nanoTime() + duration.toNanos();
        List<String> documents = List.of(SIPSIM, BOTH, SIPSIM, CONTACTS);
        Flux.range(0, CALLERS)
                .flatMap(
                        caller -> Mono.defer(() -> call(documents.get(caller % documents.size())))
                                .then(Mono.delay(PAUSE))
                                .repeat(() -> System.nanoTime() < end || !enough.getAsBoolean()),
                        CALLERS)
                .blockLast(duration.multipliedBy(4).plus(LATEST));
    }

    private Mono<Void> call(String document) {
        long start = System.nanoTime();
        return http.post()
                .uri("/graphql")
                .bodyValue(Map.of("query", document))
                .exchangeToMono(response -> response.toEntity(String.class))
                .doOnNext(response -> {
                    slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
                    answers.incrementAndGet();
                    check(document, response);
                })
                .doOnError(error -> wrongs.add(document + ": " + error))
                .onErrorComplete()
                .then();
    }

    private void check(String document, ResponseEntity<String> response) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(String.valueOf(response.getBody()));
        } catch (JacksonException malformed) {
            wrongs.add(document + ": " + response);
            return;
        }
        boolean right = response.getStatusCode().value() == 200
                && json.path("data").isObject()
                && (json.equals(undisturbed.get(document)) || isRightInPart(document, json));
        if (!right) {
            wrongs.add(document + ": " + response);
        }
    }

    private boolean isRightInPart(String document, JsonNode response) {
        if (document.equals(SIPSIM) || !isOfSwipeOne(response.path("errors"))) {
            return false;
        }
        JsonNode sipsim =
                undisturbed.getOrDefault(BOTH, MissingNode.getInstance()).at("/data/sipsim");
        return document.equals(CONTACTS)
                ? !response.path("errors").isEmpty()
                : response.at("/data/sipsim").equals(sipsim)
                        && response.at("/data/tags/sources/0/status").asString().equals("OK")
                        && isCountOfBothOrUnknown(response.at("/data/tags/totalCount"));
    }

    private static boolean isCountOfBothOrUnknown(JsonNode count) {
        return count.isNull() || count.asInt() == 26;
    }

    private static boolean isOfSwipeOne(JsonNode errors) {
        return errors.valueStream()
                .allMatch(error -> error.at("/extensions/service").asString("").equals("SWIPEONE"));
    }

    private List<String> outcomes() {
        return gateway.context().getBean(MeterRegistry.class).find("taggateway.source.fetch").timers().stream()
                .map(Timer::getId)
                .filter(id -> "swipeone".equals(id.getTag("vendor")))
                .map(id -> String.valueOf(id.getTag("outcome")))
                .distinct()
                .toList();
    }

    private void assertHealed() {
        undisturbed.forEach((document, response) ->
                assertThat(JsonClient.execute(gateway.caller().url(), document)).isEqualTo(response));
        for (String vendor : List.of("sipsim", "swipeone")) {
            assertThat(gateway.context()
                            .getBean(MeterRegistry.class)
                            .get("resilience4j.bulkhead.available.concurrent.calls")
                            .tag("name", vendor)
                            .gauge()
                            .value())
                    .isEqualTo(CONNECTIONS + WAITING);
        }
    }

    /** Checks that a planted leak is reported, and no other. */
    private void assertNothingLeaked() {
        plantLeak();
        await().atMost(SETTLED).untilAsserted(() -> {
            System.gc();
            PooledByteBufAllocator.DEFAULT.buffer().release();
            assertThat(reports()).isNotEmpty();
        });
        assertThat(reports()).singleElement().asString().contains("planted");
    }

    private static void plantLeak() {
        PooledByteBufAllocator.DEFAULT.buffer().touch("planted");
    }

    /** The leaks of this test: no accesses are recorded to the buffers of earlier tests in this JVM. */
    private List<String> reports() {
        return new ArrayList<>(leaks.list)
                .stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .filter(report -> report.contains("#1:"))
                        .toList();
    }

    /** The gateway's connections to both vendors, including those that only the vendor has closed. */
    private long connections() {
        List<String> ends = Stream.of(sandbox.sipsim(), sandbox.swipeone())
                .map(vendor -> vendor.origin().substring(vendor.origin().lastIndexOf(':') + 1))
                .map(port -> String.format(Locale.ROOT, ":%04X", Integer.parseInt(port)))
                .toList();
        return Stream.of("/proc/self/net/tcp", "/proc/self/net/tcp6")
                .map(Path::of)
                .filter(Files::exists)
                .flatMap(SoakTests::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> ends.stream().anyMatch(fields[2]::endsWith))
                .filter(fields -> fields[3].equals("01") || fields[3].equals("08"))
                .count();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().skip(1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
