package io.taggateway.cluster.tags;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import io.taggateway.cluster.tags.TenantGeneration.Publication;
import io.taggateway.tagging.model.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Numbers the changes of the tag lists of each tenant in Redis, and publishes them. */
final class ChangeCounter {

    /** The time for which a vendor's list may lag behind a write. */
    private static final Duration LAG = Duration.ofSeconds(10);

    private static final long LIFETIME_SECONDS = 30L * 24 * 60 * 60;

    /** Longer than the attempts to publish a change are apart. */
    private static final Duration PUBLICATION = Duration.ofMinutes(2);

    /**
     * Numbers begin with the time in microseconds, so that they increase also when Redis loses its data. A publication
     * that is repeated, as its response was late, has no effect and the same number.
     */
    private static final RedisScript<Long> PUBLISH = RedisScript.ofNumber("""
        local published = redis.call('get', KEYS[3])
        if published then
          redis.call('pexpire', KEYS[3], ARGV[5])
          return tonumber(published)
        end
        if redis.call('exists', KEYS[1]) == 0 then
          local time = redis.call('time')
          redis.call('set', KEYS[1], string.format('%.0f', time[1] * 1000000 + time[2]))
        end
        local generation = redis.call('incr', KEYS[1])
        redis.call('expire', KEYS[1], ARGV[3])
        local number = string.format('%.0f', generation)
        redis.call('set', KEYS[2], '1', 'PX', ARGV[4])
        redis.call('set', KEYS[3], number, 'NX', 'PX', ARGV[5])
        redis.call('publish', ARGV[1], number .. ' ' .. ARGV[2])
        return generation
        """);

    /** The number of the last change, whether it is recent, and the time in milliseconds. */
    private static final RedisScript<byte[]> STATE = RedisScript.ofValue(RedisScript.NOW + """
        local generation = redis.call('get', KEYS[1]) or '0'
        return generation .. ' ' .. redis.call('exists', KEYS[2]) .. ' ' .. string.format('%.0f', now)
        """);

    /** A connection is used a short time after it was opened. */
    private static final Retry RESTORATIONS = Retry.fixedDelay(40, Duration.ofMillis(250));

    private static final RedisScript<Long> RESTORE = RedisScript.ofNumber("""
        if tonumber(redis.call('get', KEYS[1]) or 0) < tonumber(ARGV[1]) then
          redis.call('set', KEYS[1], ARGV[1], 'EX', ARGV[2])
        end
        return 1
        """);

    private final RedisConnection connection;
    private final String channel;

    ChangeCounter(RedisConnection connection) {
        this.connection = connection;
        this.channel = connection.key("tags");
    }

    /** The channel to which changes are published, each as a {@link ChangeMessage}. */
    String channel() {
        return channel;
    }

    /** The number of the last change; 0 if there is none. */
    Mono<Long> last(Tenant tenant) {
        return number(connection.repeatable(commands -> commands.get(key(tenant))));
    }

    /** The number of the last change, if Redis returns it at the first attempt. */
    Mono<Long> lastAtOnce(Tenant tenant) {
        return number(connection.command(commands -> commands.get(key(tenant))));
    }

    /** The state before a request, if Redis returns it at the first attempt. */
    Mono<State> state(Tenant tenant) {
        return connection
                .command(STATE.with(List.of(key(tenant), recent(tenant))))
                .map(State::parse);
    }

    private static Mono<Long> number(Mono<byte[]> value) {
        return value.map(digits -> Long.parseLong(new String(digits, StandardCharsets.UTF_8)))
                .defaultIfEmpty(0L);
    }

    /**
     * Restores the number of the last change that a replica knows in the background, if Redis has lost it at a
     * fail-over. Otherwise, other replicas could use a list that was stored before that change.
     */
    void restore(Tenant tenant, long generation) {
        connection
                .repeatable(RESTORE.with(List.of(key(tenant)), generation, LIFETIME_SECONDS))
                .retryWhen(RESTORATIONS)
                .onErrorComplete(Exception.class)
                .subscribe();
    }

    /**
     * Numbers and publishes a change by a replica, once however often it is attempted.
     *
     * @param sender the replica with the change
     */
    Mono<Long> publish(Tenant tenant, Publication publication, String sender) {
        List<String> keys = List.of(
                key(tenant),
                recent(tenant),
                connection.key("tags:publication:{" + tenant.name() + "}:" + publication.id()));
        String message = sender + ' ' + publication.vendor().name() + ' ' + tenant.name();
        return connection.repeatable(
                PUBLISH.with(keys, channel, message, LIFETIME_SECONDS, LAG.toMillis(), PUBLICATION.toMillis()));
    }

    private String key(Tenant tenant) {
        return connection.key("tags:generation:{" + tenant.name() + '}');
    }

    private String recent(Tenant tenant) {
        return connection.key("tags:recent:{" + tenant.name() + '}');
    }

    /**
     * The state of a tenant's lists.
     *
     * @param generation the number of the last change; 0 if there is none
     * @param recent whether the lists of vendors may lag behind it
     * @param time by the clock of Redis, in milliseconds
     */
    record State(long generation, boolean recent, long time) {

        private static State parse(byte[] bytes) {
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
            return new State(Long.parseLong(parts[0]), parts[1].equals("1"), Long.parseLong(parts[2]));
        }
    }
}
