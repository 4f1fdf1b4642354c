package io.taggateway.history;

import io.taggateway.cluster.GatewayProcess;
import io.taggateway.cluster.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * Ends, pauses and restarts gateways and their Redis at random. It goes on while a gateway starts, but ends no other
 * one until then, so that two gateways remain.
 */
final class ProcessDisruption {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final List<GatewayProcess> gateways;
    private final RedisServer redis;
    private final ResponseRecord responses;
    private final Random random;
    private final List<Kind> planned = new ArrayList<>();
    private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private GatewayProcess ended;
    private CompletableFuture<?> restart = CompletableFuture.completedFuture(null);

    /** The kinds of disruption. */
    enum Kind {
        KILL_GATEWAY,
        STOP_GATEWAY,
        PAUSE_GATEWAY,
        KILL_REDIS,
        PAUSE_REDIS
    }

    ProcessDisruption(List<GatewayProcess> gateways, RedisServer redis, ResponseRecord responses, Random random) {
        this.gateways = gateways;
        this.redis = redis;
        this.responses = responses;
        this.random = random;
        this.ended = gateways.getFirst();
    }

    /** Disrupts until a time of {@link System#nanoTime}; then all gateways are ready again. */
    void runUntil(long end) {
        while (System.nanoTime() < end) {
            Kind kind = next();
            GatewayProcess gateway = running();
            long from = System.nanoTime();
            disrupt(kind, gateway);
            log.add("%s %s from %d to %d".formatted(kind, gateway.url(), from, System.nanoTime()));
            done.merge(kind, 1, Integer::sum);
            elapse(500, 1500);
        }
        restart.join();
        gateways.forEach(GatewayProcess::ready);
    }

    /** How often each kind was done. */
    Map<Kind, Integer> done() {
        return done;
    }

    /** The disruptions with their times, for the message of a violation. */
    List<String> log() {
        return log;
    }

    /** Each kind as often as the others, in random order. */
    private Kind next() {
        if (planned.stream().noneMatch(this::isPossible)) {
            List<Kind> all = new ArrayList<>(List.of(Kind.values()));
            Collections.shuffle(all, random);
            planned.addAll(all);
        }
        Kind kind = planned.stream().filter(this::isPossible).findFirst().orElseThrow();
        planned.remove(kind);
        return kind;
    }

    private boolean isPossible(Kind kind) {
        return restart.isDone() || (kind != Kind.KILL_GATEWAY && kind != Kind.STOP_GATEWAY);
    }

    private GatewayProcess running() {
        List<GatewayProcess> running = gateways.stream()
                .filter(gateway -> restart.isDone() || !gateway.equals(ended))
                .toList();
        return running.get(random.nextInt(running.size()));
    }

    private void disrupt(Kind kind, GatewayProcess gateway) {
        switch (kind) {
            case KILL_GATEWAY -> restart(gateway, GatewayProcess::kill);
            case STOP_GATEWAY -> restart(gateway, GatewayProcess::stop);
            case PAUSE_GATEWAY -> {
                long from = System.nanoTime();
                gateway.pause();
                Mono.delay(PAUSE).block();
                gateway.resume();
                responses.paused(from, System.nanoTime());
            }
            case KILL_REDIS -> {
                redis.kill();
                elapse(0, 2000);
                redis.restart();
            }
            case PAUSE_REDIS -> {
                redis.pause();
                elapse(200, 1800);
                redis.resume();
            }
        }
    }

    /** Ends a gateway, and starts it as soon as it has ended. */
    private void restart(GatewayProcess gateway, Consumer<GatewayProcess> end) {
        long from = System.nanoTime();
        ended = gateway;
        end.accept(gateway);
        // Not in the common pool, which the HTTP clients use
        restart = CompletableFuture.runAsync(
                () -> {
                    gateway.exitStatus();
                    gateway.restart();
                    gateway.ready();
                    responses.ended(from, System.nanoTime());
                },
                Thread::startVirtualThread);
    }

    private void elapse(int least, int more) {
        Mono.delay(Duration.ofMillis(least + random.nextInt(more))).block();
    }
}
