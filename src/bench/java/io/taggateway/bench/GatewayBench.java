package io.taggateway.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts the vendors and one subject at a time, compares its answers with what the vendors have, loads it with wrk, and
 * prints CPU time for each request and the ratios.
 *
 * <p>Arguments: seconds of warm-up a query, seconds a run, runs, and optionally a part of the names of the subjects to
 * measure.
 */
final class GatewayBench {

    static final List<String> QUERIES = List.of("q1", "q2", "q3", "q4");
    static final String KEY = "benchmark";

    private static final int CONNECTIONS = 64;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<String, String> EXECUTED =
            Map.of("GATEWAY_RESPONSE_CACHE_ENABLED", "false", "GATEWAY_SHARED_FLIGHTS_ENABLED", "false");

    private static final String PAGE = "gateway, executed, page of %,d tags a vendor";

    private final Path directory;
    private final SubjectFactory subjects;
    private final WrkLoad wrk;
    private final int warmup;
    private final int seconds;
    private final int runs;
    private final String only;
    private final HttpClient client = HttpClient.newHttpClient();
    private Map<String, List<String>> expected = Map.of();

    private GatewayBench(Path directory, List<String> arguments) throws IOException {
        this.directory = directory;
        this.subjects = new SubjectFactory(directory);
        this.wrk = new WrkLoad(directory);
        this.warmup = Integer.parseInt(arguments.get(0));
        this.seconds = Integer.parseInt(arguments.get(1));
        this.runs = Integer.parseInt(arguments.get(2));
        this.only = arguments.size() > 3 ? arguments.get(3) : "";
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("gateway-bench");
        new GatewayBench(directory, List.of(arguments)).run();
    }

    private void run() throws Exception {
        Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
        try (VendorServer vendors = new VendorServer(directory, 50)) {
            expected = vendors.data().expected();
            Subject repeated = subjects.gateway("gateway, repeated", Map.of());
            Subject executed = subjects.gateway("gateway, executed", EXECUTED);
            measure(repeated, rows, true);
            measure(executed, rows, false);
            measure(subjects.bare(), rows, false);
            measure(subjects.spring(true), rows, false);
            measure(subjects.spring(false), rows, false);
        }
        BenchReport.print(rows);
        if (PAGE.contains(only)) {
            pageOfManyTags();
        }
        delete(directory);
    }

    /** Compares gateways that are started and warmed alike, as one that ran longer is faster at any number of tags. */
    private void pageOfManyTags() throws Exception {
        double few = pageCost(50);
        double many = pageCost(10_000);
        System.out.printf(
                "A page of 100 of 20,000 tags costs %.0f µs, %.2f times what it costs of 100 (%.0f µs).%n",
                many, many / few, few);
    }

    private double pageCost(int tags) throws Exception {
        try (VendorServer _ = new VendorServer(directory, tags)) {
            Subject executed = subjects.gateway(PAGE.formatted(tags), EXECUTED);
            Process process = start(executed);
            try {
                warmUp(process, executed, "q1");
                return cpu(process, executed, "q1");
            } finally {
                stop(process);
            }
        }
    }

    private void measure(Subject subject, Map<String, Map<String, Double>> rows, boolean figures) throws Exception {
        if (!subject.name().contains(only)) {
            return;
        }
        Process process = start(subject);
        try (ScheduledExecutorService scraper = Executors.newSingleThreadScheduledExecutor()) {
            if (subject.name().startsWith("gateway")) {
                scraper.scheduleAtFixedRate(() -> scrape(subject), 0, 5, TimeUnit.SECONDS);
            }
            for (String query : QUERIES) {
                awaitAnswer(subject, query);
                if (figures && query.equals("q1")) {
                    firstRequests(process, subject);
                }
                warmUp(process, subject, query);
                awaitAnswer(subject, query);
            }
            Map<String, Double> row = new TreeMap<>();
            for (String query : QUERIES) {
                row.put(query, cpu(process, subject, query));
                verify(subject, query);
            }
            rows.put(subject.name(), row);
            System.out.printf("%-34s %s, at most %d MiB%n", subject.name(), row, WrkLoad.peakMemory(process));
            if (figures) {
                ScalingReport.print(wrk, process, subject, seconds);
            }
        } finally {
            stop(process);
        }
    }

    /** As Prometheus does. */
    private void scrape(Subject subject) {
        URI uri = URI.create("http://127.0.0.1:" + subject.port() + "/actuator/prometheus");
        client.sendAsync(HttpRequest.newBuilder(uri).header("X-API-Key", KEY).build(), BodyHandlers.discarding());
    }

    private void firstRequests(Process process, Subject subject) throws Exception {
        long before = System.nanoTime();
        double cpu = WrkLoad.ticks(process);
        for (int i = 0; i < 2_000; i++) {
            send(subject, "q1");
        }
        System.out.printf(
                "The first 2,000 requests, one after the other, took %.0f µs of CPU each, in %.1f s.%n",
                (WrkLoad.ticks(process) - cpu) * 10_000 / 2_000, (System.nanoTime() - before) / 1e9);
    }

    private void warmUp(Process process, Subject subject, String query) throws Exception {
        wrk.run(process, subject, query, List.of(body(subject, query)), CONNECTIONS, warmup);
    }

    private double cpu(Process process, Subject subject, String query) throws Exception {
        double[] times = new double[runs];
        for (int run = 0; run < runs; run++) {
            Measurement measurement =
                    wrk.run(process, subject, query, List.of(body(subject, query)), CONNECTIONS, seconds);
            if (measurement.failed() > 0) {
                System.out.printf("%s %s: %d responses failed%n", subject.name(), query, measurement.failed());
            }
            times[run] = measurement.cpu();
        }
        Arrays.sort(times);
        return times[runs / 2];
    }

    private Process start(Subject subject) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(subject.arguments());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(subject.environment());
        File log = directory
                .resolve(subject.name().replaceAll("\\W+", "-") + ".log")
                .toFile();
        Instant begin = Instant.now();
        Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
        while (!answers(subject)) {
            if (!process.isAlive() || Duration.between(begin, Instant.now()).toSeconds() > 120) {
                throw new IllegalStateException(Files.readString(log.toPath()));
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        System.out.printf(
                "%s answered %.1f s after its start.%n",
                subject.name(), Duration.between(begin, Instant.now()).toMillis() / 1000.0);
        return process;
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private boolean answers(Subject subject) throws Exception {
        try {
            return send(subject, "q4").statusCode() == 200;
        } catch (IOException exception) {
            return false;
        }
    }

    /** Verifies an answer, later if the load on cold code has opened the circuit of a vendor. */
    private void awaitAnswer(Subject subject, String query) throws Exception {
        for (int attempt = 0; attempt < 60; attempt++) {
            if (send(subject, query).body().startsWith("{\"errors\"")) {
                TimeUnit.MILLISECONDS.sleep(500);
            } else {
                break;
            }
        }
        verify(subject, query);
    }

    private void verify(Subject subject, String query) throws Exception {
        String answer = send(subject, query).body();
        List<String> tags = new ArrayList<>();
        collect(JSON.readValue(answer, Object.class), tags);
        List<String> found = tags.stream().sorted().toList();
        if (!found.equals(Objects.requireNonNull(expected.get(query)))) {
            throw new IllegalStateException(subject.name() + " answered " + query + " with " + answer);
        }
        Path body = directory.resolve(query + ".json");
        if (!Files.exists(body)) {
            Files.writeString(body, answer);
        }
    }

    private static void collect(@Nullable Object value, List<String> tags) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, tags));
        } else if (value instanceof Map<?, ?> map) {
            if (map.containsKey("name")) {
                Object color = map.get("color") instanceof Map<?, ?> parts ? parts.get("hex") : map.get("color");
                tags.add(String.valueOf(map.get("id")).replaceAll(".*:", "") + " " + map.get("name") + " " + color);
            }
            map.values().forEach(element -> collect(element, tags));
        }
    }

    private HttpResponse<String> send(Subject subject, String query) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + subject.port() + subject.path(query));
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .header("X-API-Key", KEY)
                        .timeout(Duration.ofSeconds(10))
                        .POST(BodyPublishers.ofString(body(subject, query)))
                        .build(),
                BodyHandlers.ofString());
    }

    static String body(Subject subject, String query) {
        return JSON.writeValueAsString(Map.of("query", subject.documents().getOrDefault(query, "")));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
