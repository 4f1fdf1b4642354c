package io.taggateway.cluster.events;

import io.taggateway.cluster.events.EventFormat.State;
import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisScript;
import io.taggateway.tagging.feed.EventChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Publishes events to all replicas. They are delivered when Redis returns them, so that all replicas have the same
 * order. Events that Redis does not return in time are delivered to the subscribers of this replica only.
 */
final class RedisEventChannel<T> implements EventChannel<T> {

    /**
     * Keys: the states of the events. Arguments: the channel, the first two lines of the message, the events, for how
     * long a state is kept in ms, and the digests of the states, with an exclamation mark if they are to be published
     * although Redis has the same.
     */
    private static final RedisScript<Long> PUBLISH = RedisScript.ofNumber("""
        local accepted = {}
        for i = 1, #KEYS do
          local digest, forced = string.gsub(ARGV[4 + i], '!', '')
          if forced > 0 or redis.call('GET', KEYS[i]) ~= digest then
            redis.call('SET', KEYS[i], digest, 'PX', ARGV[4])
            accepted[#accepted + 1] = i - 1
          end
        end
        if #KEYS > 0 and #accepted == 0 then
          return 0
        end
        redis.call('PUBLISH', ARGV[1], ARGV[2] .. table.concat(accepted, ',') .. '\\n' .. ARGV[3])
        return 1
        """);

    /**
     * Longer than other replicas take to detect the same change, as a later change to the same state is another one.
     */
    private static final Duration RETENTION = Duration.ofMinutes(2);

    private static final Duration RETURN_LIMIT = Duration.ofMillis(500);
    private static final int MAX_QUEUED = 1_000;

    private final Hub hub;
    private final EventFormat<T> format;
    private final EventChannel<T> local = EventChannel.inProcess();
    private final UnpublishedStateLog unpublished = new UnpublishedStateLog();
    private final PendingEvents<T> pending = new PendingEvents<>(local::publish);
    private final AtomicInteger queued = new AtomicInteger();
    private final Sinks.Many<Publication<T>> queue = Sinks.many().unicast().onBackpressureBuffer();
    private volatile @Nullable Consumer<List<T>> remote;
    private long published;

    RedisEventChannel(Hub hub, EventFormat<T> format) {
        this.hub = hub;
        this.format = format;
        queue.asFlux().concatMap(this::send).subscribe();
    }

    @Override
    public synchronized void publish(List<T> events) {
        long number = published++;
        if (!hub.redis.isConnected() || queued.get() >= MAX_QUEUED) {
            unpublished.add(states(events), number);
            pending.add(number, events);
            pending.deliver(number);
            return;
        }
        queued.incrementAndGet();
        pending.add(number, events);
        if (queue.tryEmitNext(new Publication<>(number, events)).isFailure()) {
            queued.decrementAndGet();
            pending.deliver(number);
        }
    }

    private Mono<Void> send(Publication<T> publication) {
        return Mono.defer(() -> eval(publication))
                .doOnNext(accepted -> {
                    if (accepted == 0) {
                        pending.remove(publication.number);
                    } else {
                        Mono.delay(RETURN_LIMIT).subscribe(late -> pending.deliver(publication.number));
                    }
                })
                .doOnError(error -> {
                    unpublished.add(states(publication.events), publication.number);
                    pending.deliver(publication.number);
                })
                .onErrorComplete(Exception.class)
                .doFinally(end -> queued.decrementAndGet())
                .then();
    }

    private Mono<Long> eval(Publication<T> publication) {
        List<State> states = states(publication.events);
        List<String> keys = states.stream()
                .map(state -> hub.redis.key("known:{" + hub.name + "}:" + state.id()))
                .toList();
        List<Object> arguments = new ArrayList<>(List.of(
                hub.channel,
                hub.name + '\n' + hub.prefix() + publication.number + '\n',
                format.encode(publication.events),
                RETENTION.toMillis()));
        states.forEach(state -> arguments.add(unpublished.contains(state) ? '!' + state.digest() : state.digest()));
        return hub.redis
                .command(PUBLISH.with(keys, arguments.toArray()))
                .doOnNext(published -> unpublished.remove(states, publication.number));
    }

    private List<State> states(List<T> events) {
        return events.stream().map(format::state).filter(Objects::nonNull).toList();
    }

    /** Delivers the events of a message. */
    void receive(EventMessage message) {
        if (message.id().startsWith(hub.replica + ':')) {
            if (message.id().startsWith(hub.prefix())) {
                long number = Long.parseLong(message.id().substring(hub.prefix().length()));
                pending.deliver(number, message);
            }
            return;
        }
        List<T> events = message.delivered(format.decode(message.events()));
        Consumer<List<T>> listener = remote;
        if (listener != null) {
            listener.accept(events);
        }
        local.publish(events);
    }

    boolean isInstance(long instance) {
        return hub.instance == instance;
    }

    @Override
    public void onRemote(Consumer<List<T>> listener) {
        remote = listener;
    }

    @Override
    public Flux<List<T>> events() {
        return local.events();
    }

    @Override
    public int listeners() {
        return local.listeners();
    }

    /** Events of writes that are still in progress are published, as other replicas have subscribers. */
    @Override
    public void end() {
        hub.end.run();
        local.end();
    }

    /**
     * The common properties of the channels of a replica.
     *
     * @param channel the channel in Redis
     * @param replica identifies the replica
     * @param name of this channel
     * @param instance the number of this channel, which may be opened again
     * @param end called when the channel ends
     */
    record Hub(RedisConnection redis, String channel, String replica, String name, long instance, Runnable end) {

        /** The beginning of the ids of the messages of this channel. */
        private String prefix() {
            return replica + ':' + instance + ':';
        }
    }

    private record Publication<T>(long number, List<T> events) {}
}
