package io.taggateway.cluster.state;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import io.taggateway.upstream.cache.DeliveryLog;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Records deliveries in Redis and in memory. While Redis is not available, only repetitions of deliveries to this
 * replica are detected.
 */
final class RedisDeliveryLog implements DeliveryLog {

    /** Keys: the delivery and its subject. Arguments: when it happened, if that is known, and the retention in ms. */
    private static final RedisScript<Long> RECORD = RedisScript.ofNumber("""
        if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[2]) then
          return 0
        end
        if ARGV[1] ~= '' then
          local last = redis.call('GET', KEYS[2])
          if last and tonumber(last) > tonumber(ARGV[1]) then
            return 0
          end
          redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
        end
        return 1
        """);

    private final RedisConnection redis;
    private final String prefix;
    private final Duration retention;
    private final DeliveryLog local;

    /**
     * A log of one account.
     *
     * @param prefix the beginning of its keys, with a hash tag
     */
    RedisDeliveryLog(RedisConnection redis, String prefix, Duration retention, DeliveryLog local) {
        this.redis = redis;
        this.prefix = prefix;
        this.retention = retention;
        this.local = local;
    }

    @Override
    public Mono<Boolean> record(String delivery, String subject, @Nullable Instant time) {
        return local.record(delivery, subject, time)
                .flatMap(isNew -> isNew ? recordShared(delivery, subject, time) : Mono.just(false));
    }

    private Mono<Boolean> recordShared(String delivery, String subject, @Nullable Instant time) {
        List<String> keys = List.of(redis.key(prefix + delivery), redis.key(prefix + "subject:" + subject));
        Object at = time == null ? "" : ChronoUnit.MICROS.between(Instant.EPOCH, time);
        return redis.command(RECORD.with(keys, at, retention.toMillis()))
                .map(recorded -> recorded == 1)
                .onErrorReturn(Exception.class, true);
    }
}
