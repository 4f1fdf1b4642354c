package io.taggateway.cluster.state;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import io.taggateway.upstream.guard.CoolDownChannel.Account;
import io.taggateway.upstream.guard.Pace;
import io.taggateway.upstream.guard.UpstreamSettings.Limits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import reactor.core.publisher.Mono;

/**
 * The pace of all replicas. Redis stores when the next request may be sent, by its own clock. While it does not respond
 * in time, each replica has its share.
 *
 * <p>A bucket of Bucket4j cannot reserve a token without an executor that waits for it, and each of its requests to
 * Redis is repeated when another replica was faster.
 */
final class RedisPace implements Pace {

    /**
     * Key: when the next request may be sent, in microseconds. Arguments: the interval between two requests and the
     * longest wait, both in microseconds. Returns the wait, for which a turn is reserved; negative if it would be too
     * long.
     */
    private static final RedisScript<Long> RESERVE = RedisScript.ofNumber("""
        local time = redis.call('time')
        local now = time[1] * 1000000 + time[2]
        local interval = tonumber(ARGV[1])
        local next = math.max(now, tonumber(redis.call('get', KEYS[1]) or 0))
        local wait = next - now
        if wait > tonumber(ARGV[2]) then
          return -1
        end
        redis.call('set', KEYS[1], string.format('%.0f', next + interval), 'PX', math.ceil((wait + interval) / 1000))
        return wait
        """);

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RedisConnection redis;
    private final String key;
    private final Limits limits;
    private final IntSupplier replicas;
    private Share share;

    /**
     * The pace of an account.
     *
     * @param replicas the number of replicas, as it was last known
     */
    RedisPace(RedisConnection redis, Account account, Limits limits, IntSupplier replicas) {
        this.redis = redis;
        this.key = redis.key(
                "pace:" + account.tenant().name() + ':' + account.vendor().prefix());
        this.limits = limits;
        this.replicas = replicas;
        this.share = new Share(1, Pace.inProcess(limits, 1));
    }

    @Override
    public Mono<Boolean> permit() {
        long interval = micros(SECOND.dividedBy(limits.requestsPerSecond()));
        return redis.command(RESERVE.with(List.of(key), interval, micros(limits.responseTimeout())))
                .map(RedisPace::await)
                .onErrorResume(Exception.class, error -> Mono.just(share().permit()))
                .flatMap(permitted -> permitted);
    }

    private static Mono<Boolean> await(long micros) {
        if (micros <= 0) {
            return Mono.just(micros == 0);
        }
        return Mono.delay(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
                .thenReturn(true);
    }

    /** Several requests may fail at the same time. */
    private synchronized Pace share() {
        int count = replicas.getAsInt();
        Share last = share;
        if (last.replicas != count) {
            last = new Share(count, Pace.inProcess(limits, count));
            share = last;
        }
        return last.pace;
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    /** The pace of one of some replicas. */
    private record Share(int replicas, Pace pace) {}
}
