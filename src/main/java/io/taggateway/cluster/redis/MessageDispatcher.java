package io.taggateway.cluster.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Passes messages to the listeners of their channels. */
final class MessageDispatcher extends RedisPubSubAdapter<String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDispatcher.class);

    private final Map<String, RedisListener> listeners = new ConcurrentHashMap<>();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

    /** The channels that have had an invalid message. */
    private final Set<String> invalid = ConcurrentHashMap.newKeySet();

    void add(String channel, RedisListener listener) {
        listeners.put(channel, listener);
        confirmed.remove(channel);
    }

    /** Receives the messages of a connection, and is notified of its interruptions. */
    void listenTo(StatefulRedisPubSubConnection<String, byte[]> connection) {
        connection.addListener(this);
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
                confirmed.clear();
            }
        });
    }

    /** The channels to subscribe to: those that Redis has not confirmed since the last interruption. */
    String[] unconfirmed() {
        return listeners.keySet().stream()
                .filter(channel -> !confirmed.contains(channel))
                .toArray(String[]::new);
    }

    @Override
    public void message(String channel, byte[] message) {
        RedisListener listener = listeners.get(channel);
        if (listener != null) {
            try {
                listener.onMessage(message);
            } catch (RuntimeException e) {
                onInvalid(channel, e);
            }
        }
    }

    /** Another program may publish to the channel, any number of times. */
    private void onInvalid(String channel, RuntimeException error) {
        LOG.atLevel(invalid.add(channel) ? Level.WARN : Level.DEBUG)
                .log("A message in the channel {} of Redis was ignored: {}", channel, error.toString());
    }

    @Override
    public void subscribed(String channel, long count) {
        RedisListener listener = listeners.get(channel);
        // After an interruption, the connection subscribes by itself, and possibly a check, too
        if (confirmed.add(channel) && listener != null) {
            listener.onSubscribed();
        }
    }
}
