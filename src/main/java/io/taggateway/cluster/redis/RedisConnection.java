package io.taggateway.cluster.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.api.reactive.RedisClusterReactiveCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.taggateway.tagging.model.StartupException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The connection to Redis. While Redis is not available, commands fail immediately; it is checked twice a second
 * whether it is, and whether it responds within the time limit of commands.
 */
public final class RedisConnection implements AutoCloseable {

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);

    /** The minimum time limit of a check, so that a slow Redis differs from one that does not respond. */
    private static final Duration CHECK_LIMIT = Duration.ofMillis(500);

    private static final int ATTEMPTS = 5;
    private static final int MAX_READ_ONLY_CHECKS = 6;

    private final RedisDriver driver;
    private final ClusterProperties properties;
    private final RedisAvailability availability;
    private final MessageDispatcher listeners = new MessageDispatcher();
    private final Disposable.Swap checks = Disposables.swap();
    private volatile @Nullable RedisSession open;
    private int readOnlyChecks;

    private RedisConnection(RedisDriver driver, ClusterProperties properties) {
        this.driver = driver;
        this.properties = properties;
        this.availability = new RedisAvailability(properties.timeout());
    }

    /**
     * Connects; if the first attempt fails, others are made in the background.
     *
     * @throws StartupException if Redis refuses the credentials
     */
    public static RedisConnection open(ClusterProperties properties) {
        RedisDriver driver =
                new RedisDriver(RedisAddress.parse(properties.redisUrl().value()), properties.timeout());
        RedisConnection connection = new RedisConnection(driver, properties);
        try {
            connection.begin(driver.connectAtStart(), driver.connectPubSubAtStart());
            connection.availability.succeeded();
        } catch (RedisException e) {
            if (RedisRefusal.isCredentials(e)) {
                connection.close();
                throw new StartupException("Redis refuses the user or the password in REDIS_URL.");
            }
            connection.availability.failed(e);
        }
        // A check that takes longer than the interval is followed by the next one at once
        connection.checks.update(Flux.interval(CHECK_INTERVAL)
                .onBackpressureDrop()
                .concatMap(tick -> connection.check(), 1)
                .subscribe());
        return connection;
    }

    /** Whether Redis is available, as of the last check. */
    public boolean isConnected() {
        return availability.isAvailable();
    }

    /** A key or a channel of the gateways that share this Redis. */
    public String key(String name) {
        return properties.keyPrefix() + ':' + name;
    }

    /**
     * The result of a command that takes no longer than the time limit; the rest is done in another thread than that of
     * the connection. It fails with {@link RedisUnavailableException} immediately while Redis is not available, with
     * {@code TimeoutException}, or with {@code RedisException}, also if the connection is lost.
     */
    public <T> Mono<T> command(Function<RedisClusterReactiveCommands<String, byte[]>, ? extends Publisher<T>> command) {
        return Mono.defer(() -> {
            RedisSession current = open;
            return current == null || !isConnected()
                    ? Mono.<T>error(new RedisUnavailableException())
                    : Mono.from(command.apply(RedisDriver.commands(current.commands())))
                            .timeout(properties.timeout())
                            .onErrorMap(IOException.class, RedisException::new)
                            .publishOn(Schedulers.parallel());
        });
    }

    /**
     * Commands for a library, which have no time limit of their own.
     *
     * @throws RedisUnavailableException while Redis is not available
     */
    public RedisClusterAsyncCommands<String, byte[]> async() {
        RedisSession current = open;
        if (current == null || !isConnected()) {
            throw new RedisUnavailableException();
        }
        return RedisDriver.asyncCommands(current.commands());
    }

    /**
     * The result of a command that has the same effect if it is executed twice. It is sent up to five times if there is
     * no response within the time limit, as a short pause of this JVM or of Redis does not mean that Redis is not
     * available.
     */
    public <T> Mono<T> repeatable(
            Function<RedisClusterReactiveCommands<String, byte[]>, ? extends Publisher<T>> command) {
        return this.<T>command(command)
                .retryWhen(Retry.max(ATTEMPTS - 1).filter(TimeoutException.class::isInstance))
                .onErrorMap(Exceptions::isRetryExhausted, exhausted -> Objects.requireNonNull(exhausted.getCause()));
    }

    /** Subscribes to a channel, as soon as Redis is available, for as long as the gateway runs. */
    public void listen(String channel, RedisListener listener) {
        listeners.add(channel, listener);
        RedisSession current = open;
        if (current != null) {
            // If it fails, the next check subscribes
            current.messages().reactive().subscribe(channel).onErrorComplete().subscribe();
        }
    }

    private Mono<Void> check() {
        return Mono.defer(() -> {
                    RedisSession current = open;
                    return current == null ? open() : Mono.just(current);
                })
                .flatMap(session -> session.check(key("check"), listeners)
                        .thenReturn(session)
                        .timeout(checkLimit())
                        .timed())
                .doOnNext(answer -> {
                    readOnlyChecks = 0;
                    availability.responded(answer.elapsed());
                })
                .then()
                .onErrorResume(Exception.class, this::failed);
    }

    /** Connects again if Redis stays read-only, as its address may have become that of another server. */
    private Mono<Void> failed(Throwable error) {
        availability.failed(error);
        RedisSession current = open;
        readOnlyChecks = RedisRefusal.isReadOnly(error) ? readOnlyChecks + 1 : 0;
        if (current == null || readOnlyChecks < MAX_READ_ONLY_CHECKS) {
            return Mono.empty();
        }
        readOnlyChecks = 0;
        open = null;
        return current.close().timeout(checkLimit()).onErrorComplete();
    }

    private Duration checkLimit() {
        Duration timeout = properties.timeout();
        return timeout.compareTo(CHECK_LIMIT) > 0 ? timeout : CHECK_LIMIT;
    }

    private Mono<RedisSession> open() {
        return driver.connect()
                .flatMap(commands -> driver.connectPubSub()
                        .onErrorResume(error ->
                                Mono.fromCompletionStage(commands::closeAsync).then(Mono.error(error)))
                        .map(messages -> begin(commands, messages)));
    }

    private RedisSession begin(
            StatefulConnection<String, byte[]> commands, StatefulRedisPubSubConnection<String, byte[]> messages) {
        listeners.listenTo(messages);
        RedisSession begun = new RedisSession(commands, messages);
        open = begun;
        return begun;
    }

    @Override
    public void close() {
        checks.dispose();
        availability.end();
        driver.close();
    }
}
