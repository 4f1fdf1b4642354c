package io.taggateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.taggateway.access.security.ApiKeyDigest;
import io.taggateway.cluster.ClusterTest;
import io.taggateway.cluster.GatewayProcess;
import io.taggateway.cluster.RedisServer;
import io.taggateway.cluster.RoundRobinProxy;
import io.taggateway.tagging.operation.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests in which callers of two tenants use three gateways behind a proxy for a minute, while gateways and Redis are
 * killed, paused and restarted at random. Writes need Redis. {@link HistoryModelTests} and {@link ResponseRecordTests}
 * test the checks.
 */
@ClusterTest
class ReplicaHistoryTests {

    private static final Duration DURATION = Duration.ofSeconds(60);
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final int CALLERS = 3;

    /** Below these numbers the run proves too little. */
    private static final int MIN_DISRUPTIONS = 8;

    private static final int MIN_RESPONSES = 500;
    private static final int MIN_WRITES = 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** For a machine with two processors and five processes. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    /** The time after which no write of an operation is in progress, with a pause. */
    private static final Duration WRITING = Duration.ofSeconds(12);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ResponseRecord responses = new ResponseRecord(TIMEOUT.plus(MARGIN));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void nothingIsLostWhileProcessesAreKilledAndPaused(@TempDir Path directory) throws Exception {
        long seed = Long.getLong("history.seed", System.currentTimeMillis());
        System.out.println("Seed of ReplicaHistoryTests (-Dhistory.seed): " + seed);
        Random random = new Random(seed);
        List<ReplicaTenant> tenants = List.of(opened(new ReplicaTenant("acme")), opened(new ReplicaTenant("bolt")));
        RedisServer redis = opened(RedisServer.start());
        List<GatewayProcess> gateways = start(variables(directory, redis, tenants));
        RoundRobinProxy proxy = opened(RoundRobinProxy.start(gateways));
        ProcessDisruption disruption = new ProcessDisruption(gateways, redis, responses, new Random(random.nextLong()));
        int rounds = play(proxy.url(), tenants, disruption, random);

        tenants.forEach(tenant -> check(tenant, rounds, seed, disruption.log()));
        assertThat(responses.violations())
                .as("seed %d, errors in the logs %s", seed, errors(gateways))
                .isEmpty();
        assertEnoughHappened(tenants, disruption);
    }

    private void assertEnoughHappened(List<ReplicaTenant> tenants, ProcessDisruption disruption) {
        List<Long> successes =
                tenants.stream().map(tenant -> tenant.history().successes()).toList();
        System.out.printf(
                "ReplicaHistoryTests: %d responses, successful writes of tenants %s, disruptions %s%n",
                responses.size(), successes, disruption.done());
        assertThat(disruption.done()).containsOnlyKeys(ProcessDisruption.Kind.values());
        assertThat(disruption.log()).hasSizeGreaterThanOrEqualTo(MIN_DISRUPTIONS);
        assertThat(responses.size()).isGreaterThan(MIN_RESPONSES);
        assertThat(successes).allMatch(count -> count > MIN_WRITES);
    }

    /** Unexpected errors in the logs, with their causes. */
    private static List<String> errors(List<GatewayProcess> gateways) {
        return gateways.stream()
                .flatMap(gateway -> gateway.log().lines())
                .filter(line -> line.contains(" ERROR ") || line.contains("Exception: "))
                .toList();
    }

    private int play(String url, List<ReplicaTenant> tenants, ProcessDisruption disruption, Random random)
            throws Exception {
        long end = System.nanoTime() + DURATION.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            all.add(threads.submit(() -> disruption.runUntil(end)));
            for (ReplicaTenant tenant : tenants) {
                ReplicaClient client = new ReplicaClient(url, tenant.name(), tenant.key(), responses);
                Random marks = new Random(random.nextLong());
                all.add(threads.submit(() -> tenant.markUntil(end, url, client, marks)));
                for (int i = 0; i < CALLERS; i++) {
                    Random own = new Random(random.nextLong());
                    all.add(threads.submit(() -> call(tenant, client, own, end)));
                }
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return (int) (DURATION.toMillis() / ROUND.toMillis());
    }

    private void call(ReplicaTenant tenant, HistoryClient client, Random random, long end) {
        long rounds = DURATION.toMillis() / ROUND.toMillis();
        for (int round = 0; round < rounds; round++) {
            long roundEnd = end - (rounds - 1 - round) * ROUND.toNanos();
            new HistoryCaller(client, round, tenant.subjects(), random).actUntil(roundEnd);
            tenant.history().settle(System.nanoTime() - WRITING.toNanos(), System.nanoTime());
        }
    }

    private void check(ReplicaTenant tenant, int rounds, long seed, List<String> disruptions) {
        tenant.history().settle(System.nanoTime() - WRITING.toNanos(), System.nanoTime());
        IntStream.range(0, rounds).forEach(round -> {
            tenant.subjects().begin(round);
            tenant.subjects().readAtVendors(round);
        });
        tenant.events().forEach(event -> responses.checkTenant(tenant.name(), event));
        assertThat(tenant.history().violations())
                .as("tenant %s, seed %d, %s", tenant.name(), seed, disruptions)
                .isEmpty();
        assertThat(tenant.events()).isNotEmpty();
    }

    private List<GatewayProcess> start(Map<String, String> variables) {
        List<GatewayProcess> gateways = IntStream.range(0, 3)
                .mapToObj(i -> opened(GatewayProcess.begin(variables)))
                .toList();
        gateways.forEach(GatewayProcess::ready);
        return gateways;
    }

    private static Map<String, String> variables(Path directory, RedisServer redis, List<ReplicaTenant> tenants)
            throws IOException {
        Path file = directory.resolve("tenants.yml");
        Files.writeString(
                file,
                tenants.stream()
                        .map(ReplicaTenant::settings)
                        .collect(Collectors.joining("", "gateway:\n  tenants:\n", "")));
        Path keys = directory.resolve("keys.yml");
        Files.writeString(
                keys,
                tenants.stream()
                        .map(tenant -> "%s:%n  sha256: %s%n  scopes: %s%n  tenant: %s%n"
                                .formatted(
                                        tenant.name(),
                                        ApiKeyDigest.of(tenant.key()),
                                        String.join(",", Caller.ALL_SCOPES),
                                        tenant.name()))
                        .collect(Collectors.joining()));
        Map<String, String> variables = new HashMap<>();
        variables.put("REDIS_URL", redis.url());
        variables.put("GATEWAY_CLUSTER_WRITES_NEED_REDIS", "true");
        variables.put("GATEWAY_SHUTDOWN_GRACE", "1s");
        variables.put("GATEWAY_REQUEST_TIMEOUT", TIMEOUT.toSeconds() + "s");
        variables.put("GATEWAY_TAGS_FRESH_FOR", "2s");
        variables.put("GATEWAY_SUBSCRIPTIONS_POLL_INTERVAL", "2s");
        variables.put("GATEWAY_SECURITY_MODE", "api-key");
        variables.put("GATEWAY_TENANTS_FILE", file.toString());
        variables.put("GATEWAY_API_KEYS_FILE", keys.toString());
        variables.put("GATEWAY_LIMITS_CALLER_REQUESTS_PER_MINUTE", "1000000");
        variables.put("GATEWAY_LIMITS_CALLER_COST_PER_MINUTE", "1000000000");
        return variables;
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }
}
