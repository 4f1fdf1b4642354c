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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The connection to Redis. While Redis is not available, commands fail immediately; it is checked twice a second
 * whether it is.
 */
public final class RedisConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisConnection.class);

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(500);
    private static final Duration CHECK_LIMIT = Duration.ofMillis(500);

    private static final int ATTEMPTS = 5;

    /** One check may fail because this JVM, or Redis, paused. */
    private static final int FAILED_CHECKS = 2;

    private final RedisDriver driver;
    private final ClusterProperties properties;
    private final MessageDispatcher listeners = new MessageDispatcher();
    private final Disposable.Swap checks = Disposables.swap();
    private volatile @Nullable RedisSession open;
    private volatile boolean connected;
    private int failed = FAILED_CHECKS;
    private boolean reported;

    private RedisConnection(RedisDriver driver, ClusterProperties properties) {
        this.driver = driver;
        this.properties = properties;
    }

    /**
     * Connects; if the first attempt fails, others are made in the background.
     *
     * @throws StartupException if Redis refuses the credentials
     */
    public static RedisConnection open(ClusterProperties properties) {
        RedisDriver driver =
                new RedisDriver(RedisAddress.parse(properties.redisUrl().value()));
        RedisConnection connection = new RedisConnection(driver, properties);
        try {
            connection.begin(driver.connectAtStart(), driver.connectPubSubAtStart());
            connection.available();
        } catch (RedisException e) {
            if (RedisRefusal.isCredentials(e)) {
                connection.close();
                throw new StartupException("Redis refuses the user or the password in REDIS_URL.");
            }
            connection.unavailable(e);
        }
        connection.checks.update(Mono.defer(connection::check)
                .delaySubscription(CHECK_INTERVAL)
                .repeat()
                .subscribe());
        return connection;
    }

    /** Whether Redis is available, as of the last check. */
    public boolean isConnected() {
        return connected;
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
            return current == null || !connected
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
        if (current == null || !connected) {
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
        RedisSession current = open;
        Mono<?> answer = current == null
                ? open()
                : current.check(key("check"), listeners).timeout(CHECK_LIMIT).thenReturn(current);
        return answer.doOnNext(done -> available())
                .then()
                .onErrorResume(Exception.class, error -> Mono.fromRunnable(() -> unavailable(error)));
    }

    private Mono<RedisSession> open() {
        return driver.connect()
                .flatMap(commands -> driver.connectPubSub()
                        .onErrorResume(error ->
                                Mono.fromCompletionStage(commands::closeAsync).then(Mono.error(error)))
                        .flatMap(messages -> {
                            RedisSession begun = begin(commands, messages);
                            return begun.subscribe(listeners)
                                    .timeout(CHECK_LIMIT)
                                    .thenReturn(begun);
                        }));
    }

    private RedisSession begin(
            StatefulConnection<String, byte[]> commands, StatefulRedisPubSubConnection<String, byte[]> messages) {
        messages.addListener(listeners);
        RedisSession begun = new RedisSession(commands, messages);
        open = begun;
        return begun;
    }

    private void available() {
        failed = 0;
        if (!connected) {
            connected = true;
            reported = false;
            LOG.info("Redis is available.");
        }
    }

    private void unavailable(Throwable error) {
        failed++;
        if (failed >= FAILED_CHECKS) {
            connected = false;
            if (!reported) {
                reported = true;
                LOG.warn("Redis is not available: {}", RedisRefusal.cause(error));
            }
        }
    }

    @Override
    public void close() {
        checks.dispose();
        connected = false;
        driver.close();
    }
}
