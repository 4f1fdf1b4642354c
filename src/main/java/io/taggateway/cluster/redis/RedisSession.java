package io.taggateway.cluster.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import reactor.core.publisher.Mono;

/** Two open connections: one for commands, and one for messages. */
record RedisSession(
        StatefulConnection<String, byte[]> commands, StatefulRedisPubSubConnection<String, byte[]> messages) {

    private static final int KEY_SECONDS = 10;
    private static final byte[] EMPTY = {};

    /** Subscribes to the channels that Redis has not confirmed yet. */
    Mono<Void> subscribe(MessageDispatcher listeners) {
        String[] channels = listeners.unconfirmed();
        return channels.length == 0 ? Mono.empty() : messages.reactive().subscribe(channels);
    }

    /**
     * Completes if a key can be written, the connection for messages responds, and all channels are subscribed to. A
     * Redis that is full or read-only responds to a PING, but not to writes.
     */
    Mono<Void> check(String key, MessageDispatcher listeners) {
        return Mono.when(
                RedisDriver.commands(commands).setex(key, KEY_SECONDS, EMPTY),
                messages.reactive().ping(),
                subscribe(listeners));
    }

    /** Closes both connections. */
    Mono<Void> close() {
        return Mono.when(
                Mono.fromCompletionStage(commands::closeAsync), Mono.fromCompletionStage(messages::closeAsync));
    }
}
