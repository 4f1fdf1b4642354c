package io.taggateway.cluster.events;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import io.taggateway.tagging.feed.PollSchedule;
import io.taggateway.tagging.feed.PollTurn;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets one replica, the leader, read a tenant's tag lists for the subscribers of all replicas. The leader has a lease
 * in Redis for each vendor, which it renews with each read. Another replica becomes the leader if a read is late by a
 * quarter of the interval, or has failed. While Redis is not available, each replica reads for its own subscribers.
 */
final class RedisPollSchedule implements PollSchedule {

    /**
     * Key: the lease, with its holder, its last claim, and when the next read is due. Arguments: the replica, the
     * claim, the interval in ms, and whether the last read of the replica failed. Returns the time until the next
     * attempt in ms, negative if the list is to be read now. Reads that are late do not delay later ones. A claim that
     * is sent twice has the same result.
     */
    private static final RedisScript<Long> CLAIM = RedisScript.ofNumber(RedisScript.NOW + """
        local interval = tonumber(ARGV[3])
        local lease = redis.call('hmget', KEYS[1], 'holder', 'claim', 'due')
        local due = math.min(tonumber(lease[3] or now), now + interval)
        if lease[2] == ARGV[2] then
          return -math.max(1, due - now)
        end
        local begin = due
        if ARGV[4] == 'true' then
          begin = due + math.ceil(interval / 2)
        elseif lease[1] and lease[1] ~= ARGV[1] and lease[1] ~= '' then
          begin = due + math.ceil(interval / 4)
        end
        if now < begin then
          return begin - now
        end
        due = due + interval
        if due <= now then
          due = now + interval
        end
        redis.call('hset', KEYS[1], 'holder', ARGV[1], 'claim', ARGV[2], 'due', string.format('%.0f', due))
        redis.call('pexpire', KEYS[1], interval * 2)
        return now - due
        """);

    /** The next read stays due at the same time. */
    private static final RedisScript<Long> RELEASE = RedisScript.ofNumber("""
        if redis.call('hget', KEYS[1], 'holder') == ARGV[1] then
          redis.call('hset', KEYS[1], 'holder', '')
        end
        return 1
        """);

    private final RedisConnection redis;
    private final Tenant tenant;
    private final LongSupplier nanoTime;

    RedisPollSchedule(RedisConnection redis, Tenant tenant, LongSupplier nanoTime) {
        this.redis = redis;
        this.tenant = tenant;
        this.nanoTime = nanoTime;
    }

    @Override
    public Flux<PollTurn> turns(Vendor vendor, Duration interval) {
        String key = redis.key("poll:{" + tenant.name() + ':' + vendor.prefix() + '}');
        return Flux.using(
                        () -> new Candidate(key, interval),
                        candidate -> candidate
                                .next()
                                .expand(claim -> Mono.delay(claim.pause).then(candidate.next())),
                        Candidate::release)
                .map(Claim::turn);
    }

    /** This replica, from the first subscription to a vendor's changes until the last one is cancelled. */
    private final class Candidate {

        private final String key;
        private final Duration interval;
        private final String id = UUID.randomUUID().toString();
        private long claims;
        private volatile boolean failed;
        private long dueWithoutRedis = nanoTime.getAsLong();

        Candidate(String key, Duration interval) {
            this.key = key;
            this.interval = interval;
        }

        private Mono<Claim> next() {
            return Mono.defer(() -> {
                long sent = nanoTime.getAsLong();
                return claim(id + ':' + claims++)
                        .map(answer -> claim(sent, answer))
                        .onErrorResume(Exception.class, error -> Mono.just(withoutRedis()));
            });
        }

        /** After a pause of this JVM, another replica may have read the list, so a claim is repeated. */
        private Claim claim(long sent, long answer) {
            long now = nanoTime.getAsLong();
            if (answer >= 0) {
                return new Claim(PollTurn.FOLLOW, Duration.ofMillis(answer));
            }
            if (now - sent >= interval.toNanos()) {
                return new Claim(PollTurn.FOLLOW, Duration.ZERO);
            }
            return new Claim(read(now), Duration.ofMillis(-answer));
        }

        private Claim withoutRedis() {
            long now = nanoTime.getAsLong();
            if (now - dueWithoutRedis < 0) {
                return new Claim(PollTurn.FOLLOW, Duration.ofNanos(dueWithoutRedis - now));
            }
            return new Claim(read(now), interval);
        }

        private PollTurn read(long now) {
            dueWithoutRedis = now + interval.toNanos();
            failed = false;
            return new PollTurn(true, () -> failed = true);
        }

        private Mono<Long> claim(String claim) {
            return redis.repeatable(CLAIM.with(List.of(key), id, claim, Math.max(1, interval.toMillis()), failed));
        }

        /** In the background. If that fails, the lease ends by itself. */
        private void release() {
            redis.repeatable(RELEASE.with(List.of(key), id))
                    .onErrorComplete(Exception.class)
                    .subscribe();
        }
    }

    /**
     * The result of an attempt to read the list.
     *
     * @param pause the time until the next attempt
     */
    private record Claim(PollTurn turn, Duration pause) {}
}
