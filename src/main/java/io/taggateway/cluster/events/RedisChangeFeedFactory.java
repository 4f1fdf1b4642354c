package io.taggateway.cluster.events;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisListener;
import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.ChangeFeedFactory;
import io.taggateway.tagging.model.Tenant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Opens feeds whose events reach the subscribers of all replicas, over one channel of Redis for all tenants. */
final class RedisChangeFeedFactory implements ChangeFeedFactory, RedisListener {

    private final RedisConnection redis;
    private final String channel;
    private final String replica = UUID.randomUUID().toString();
    private final AtomicLong instances = new AtomicLong();
    private final Map<String, RedisEventChannel<?>> channels = new ConcurrentHashMap<>();

    RedisChangeFeedFactory(RedisConnection redis) {
        this.redis = redis;
        this.channel = redis.key("events");
        redis.listen(channel, this);
    }

    @Override
    public ChangeFeed open(Tenant tenant, int buffer) {
        return new ChangeFeed(
                buffer,
                open("tags:" + tenant.name(), EventFormat.ofTags()),
                open("subjects:" + tenant.name(), EventFormat.ofSubjects()),
                new RedisPollSchedule(redis, tenant, System::nanoTime));
    }

    <T> RedisEventChannel<T> open(String name, EventFormat<T> format) {
        long instance = instances.incrementAndGet();
        RedisEventChannel<T> opened = new RedisEventChannel<>(
                new RedisEventChannel.Hub(redis, channel, replica, name, instance, () -> end(name, instance)), format);
        channels.put(name, opened);
        return opened;
    }

    /** Unless it has been opened again. */
    private void end(String name, long instance) {
        channels.computeIfPresent(name, (ended, open) -> open.isInstance(instance) ? null : open);
    }

    @Override
    public void onMessage(byte[] bytes) {
        EventMessage message = EventMessage.parse(bytes);
        if (message != null) {
            RedisEventChannel<?> receiver = channels.get(message.channel());
            if (receiver != null) {
                receiver.receive(message);
            }
        }
    }

    @Override
    public void onSubscribed() {
        // Events that were missed are not stored
    }
}
