package io.taggateway.cluster.state;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisListener;
import io.taggateway.cluster.redis.RedisScript;
import io.taggateway.upstream.guard.CoolDownChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Publishes the remaining time of cool-downs over a channel of Redis, and stores them for replicas that start
 * meanwhile. Of several cool-downs of an account, the one that ends last counts. Without Redis, each replica has its
 * own.
 */
final class RedisCoolDownChannel implements CoolDownChannel, RedisListener {

    /**
     * Publication is attempted for a minute at most after each cool-down or extension, as otherwise a pause of this JVM
     * or of Redis would let other replicas send requests.
     */
    private static final Duration ATTEMPTS = Duration.ofMinutes(1);

    private static final Duration ATTEMPT_INTERVAL = Duration.ofMillis(250);

    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");

    /** No vendor can request a longer one. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Arguments: the channel, the message, the remaining time in ms. */
    private static final RedisScript<Long> PUBLISH = RedisScript.ofNumber("""
        redis.call('publish', ARGV[1], ARGV[2])
        if redis.call('pttl', KEYS[1]) < tonumber(ARGV[3]) then
          redis.call('psetex', KEYS[1], ARGV[3], '')
        end
        return 1
        """);

    private static final char SEPARATOR = '\n';

    private final String sender = UUID.randomUUID().toString();
    private final RedisConnection redis;
    private final LongSupplier nanoTime;
    private final String channel;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    private final Map<String, Consumer<Duration>> listeners = new ConcurrentHashMap<>();

    RedisCoolDownChannel(RedisConnection redis, LongSupplier nanoTime) {
        this.redis = redis;
        this.nanoTime = nanoTime;
        this.channel = redis.key("cool-downs");
        redis.listen(channel, this);
    }

    @Override
    public void publish(Account account, Duration wait) {
        String name = name(account);
        long now = nanoTime.getAsLong();
        Pending begun = new Pending(now + wait.toNanos(), now + ATTEMPTS.toNanos());
        AtomicBoolean first = new AtomicBoolean();
        pending.compute(name, (key, other) -> {
            first.setPlain(other == null);
            return other == null || begun.end - other.end > 0 ? begun : other;
        });
        if (first.getPlain()) {
            send(name)
                    .retryWhen(
                            Retry.fixedDelay(Long.MAX_VALUE, ATTEMPT_INTERVAL).filter(error -> mayRepeat(name)))
                    .onErrorComplete(Exception.class)
                    .subscribe();
        }
    }

    private boolean mayRepeat(String name) {
        long now = nanoTime.getAsLong();
        return pending.computeIfPresent(name, (key, last) -> last.attemptsEnd - now > 0 ? last : null) != null;
    }

    /** Publishes again if the cool-down was extended meanwhile. */
    private Mono<Void> send(String name) {
        return Mono.defer(() -> {
            Pending last = pending.get(name);
            if (last == null) {
                return Mono.empty();
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(last.end - nanoTime.getAsLong());
            Mono<?> sent = millis <= 0 ? Mono.empty() : send(name, String.valueOf(millis));
            return sent.then(Mono.defer(() -> pending.remove(name, last) ? Mono.empty() : send(name)));
        });
    }

    private Mono<Long> send(String name, String millis) {
        String message = sender + SEPARATOR + name + SEPARATOR + millis;
        return redis.command(PUBLISH.with(List.of(key(name)), channel, message, millis));
    }

    @Override
    public Disposable listen(Account account, Consumer<Duration> listener) {
        String name = name(account);
        listeners.put(name, listener);
        read(name, listener);
        return () -> listeners.remove(name, listener);
    }

    /** A cool-down that began before this replica listened. */
    private void read(String name, Consumer<Duration> listener) {
        redis.command(commands -> commands.pttl(key(name)))
                .filter(millis -> millis > 0)
                .onErrorComplete(Exception.class)
                .subscribe(millis -> listener.accept(coolDown(millis)));
    }

    @Override
    public void onMessage(byte[] message) {
        String[] parts = new String(message, StandardCharsets.UTF_8).split(String.valueOf(SEPARATOR), -1);
        if (parts.length == 3
                && !parts[0].equals(sender)
                && MILLIS.matcher(parts[2]).matches()) {
            Consumer<Duration> listener = listeners.get(parts[1]);
            if (listener != null) {
                listener.accept(coolDown(Long.parseLong(parts[2])));
            }
        }
    }

    /** Another program may have published or stored another time. */
    private static Duration coolDown(long millis) {
        return Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
    }

    @Override
    public void onSubscribed() {
        listeners.forEach(this::read);
    }

    /**
     * A cool-down that is being published.
     *
     * @param attemptsEnd when publication is not attempted any more
     */
    private record Pending(long end, long attemptsEnd) {}

    private String key(String name) {
        return redis.key("cool-down:" + name);
    }

    private static String name(Account account) {
        return account.tenant().name() + ':' + account.vendor().prefix();
    }
}
