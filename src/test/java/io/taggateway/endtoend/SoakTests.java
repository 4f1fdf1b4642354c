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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
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

/** Tests that no response is late or wrong, and nothing leaks, while a vendor fails in changing ways. */
@SlowTest
class SoakTests {

    private static final Duration SOAK = Duration.ofSeconds(20);
    private static final int FEWEST = 1_000;
    private static final Duration FLAP = Duration.ofMillis(330);
    private static final Duration SETTLED = Duration.ofSeconds(30);

    /** The gateway's own deadline, with a margin for a busy machine. */
    private static final Duration LATEST = Duration.ofSeconds(11);

    private static final int CALLERS = 16;
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
    private final ResourceLeakDetector.Level usual = ResourceLeakDetector.getLevel();

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

    @BeforeEach
    void watchLeaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        leaks.start();
        leakLog.addAppender(leaks);
    }

    @AfterEach
    void close() {
        leakLog.detachAppender(leaks);
        ResourceLeakDetector.setLevel(usual);
        gateway.close();
        sandbox.close();
    }

    @Test
    void onlyPartOfUnstableVendorIsMissing() {
        for (String document : List.of(SIPSIM, BOTH, CONTACTS)) {
            undisturbed.put(document, JsonClient.execute(gateway.caller().url(), document));
        }
        callersFor(Duration.ofSeconds(2), 0);
        assertThat(wrongs).isEmpty();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();

        Disposable flapping = flap();
        callersFor(SOAK, FEWEST);
        flapping.dispose();
        swipeone.heal();

        assertThat(wrongs).isEmpty();
        assertThat(Duration.ofNanos(slowest.get())).isLessThan(LATEST);
        assertThat(outcomes()).contains("ok", "timeout", "server_error", "unavailable", "rate_limited");
        assertThat(connections()).isBetween(Files.exists(Path.of("/proc/self/net/tcp")) ? 1L : 0L, 2L * CONNECTIONS);
        await().atMost(SETTLED).untilAsserted(this::assertHealed);
        await().atMost(SETTLED)
                .untilAsserted(
                        () -> assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                                .isLessThanOrEqualTo(threads + MORE_THREADS));
        assertNothingLeaked();
    }

    /** Changes the fault at short intervals, with equal probability. */
    private Disposable flap() {
        List<Fault> faults = List.of(
                Fault.slow(Duration.ZERO),
                Fault.slow(Duration.ofMillis(200)),
                Fault.slow(Duration.ofSeconds(1)),
                Fault.status(500),
                Fault.cutOff(),
                Fault.tooManyRequests());
        Random random = new Random(4);
        return Flux.interval(Duration.ZERO, FLAP).subscribe(tick -> {
            swipeone.heal();
            swipeone.fail(faults.get(random.nextInt(faults.size())));
        });
    }

    /** Sends requests for some time, or longer on a slow machine, until there were enough responses. */
    private void callersFor(Duration duration, int fewest) {
        long end = System.nanoTime() + duration.toNanos();
        List<String> documents = List.of(SIPSIM, BOTH, SIPSIM, CONTACTS);
        Flux.range(0, CALLERS)
                .flatMap(
                        caller -> Mono.defer(() -> call(documents.get(caller % documents.size())))
                                .repeat(() -> System.nanoTime() < end || answers.get() < fewest),
                        CALLERS)
                .blockLast(duration.multipliedBy(4).plus(LATEST));
    }

    private Mono<Void> call(String document) {
        long start = System.nanoTime();
        return http.post()
                .uri("/graphql")
                .bodyValue(Map.of("query", document))
                .exchangeToMono(answer -> answer.toEntity(String.class))
                .doOnNext(answer -> {
                    slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
                    answers.incrementAndGet();
                    check(document, answer);
                })
                .doOnError(error -> wrongs.add(document + ": " + error))
                .onErrorComplete()
                .then();
    }

    private void check(String document, ResponseEntity<String> answer) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(String.valueOf(answer.getBody()));
        } catch (JacksonException malformed) {
            wrongs.add(document + ": " + answer);
            return;
        }
        boolean right = answer.getStatusCode().value() == 200
                && json.path("data").isObject()
                && (json.equals(undisturbed.get(document)) || isRightInPart(document, json));
        if (!right) {
            wrongs.add(document + ": " + answer);
        }
    }

    private boolean isRightInPart(String document, JsonNode answer) {
        if (document.equals(SIPSIM) || !isOfSwipeOne(answer.path("errors"))) {
            return false;
        }
        JsonNode sipsim =
                undisturbed.getOrDefault(BOTH, MissingNode.getInstance()).at("/data/sipsim");
        return document.equals(CONTACTS)
                ? !answer.path("errors").isEmpty()
                : answer.at("/data/sipsim").equals(sipsim)
                        && answer.at("/data/tags/sources/0/status").asString().equals("OK")
                        && isCountOfBothOrUnknown(answer.at("/data/tags/totalCount"));
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
        undisturbed.forEach((document, answer) ->
                assertThat(JsonClient.execute(gateway.caller().url(), document)).isEqualTo(answer));
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

    private List<String> reports() {
        return new ArrayList<>(leaks.list)
                .stream().map(ILoggingEvent::getFormattedMessage).toList();
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
