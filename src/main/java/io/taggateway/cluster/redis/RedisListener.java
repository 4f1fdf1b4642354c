package io.taggateway.cluster.redis;

/** Receives the messages of a channel. Its methods must not block. */
public interface RedisListener {

    /** Called for each message, in the order of publication. */
    void onMessage(byte[] message);

    /** Called when the subscription begins, and whenever it begins again: messages may have been missed before. */
    void onSubscribed();
}
