package io.taggateway.cluster.tags;

import io.taggateway.cluster.redis.RedisConnection;
import io.taggateway.cluster.redis.RedisListener;
import io.taggateway.cluster.tags.TenantGeneration.Publication;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.ReplicaConsistency;
import io.taggateway.tagging.source.TagList;
import io.taggateway.upstream.cache.Freshness;
import io.taggateway.upstream.cache.TagListExchange;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Numbers the changes of a tenant's tag lists in Redis, and publishes them to the replicas, which invalidate theirs. A
 * replica whose subscription was interrupted invalidates all lists. A stored list is used if no change has been
 * numbered since it was requested.
 */
final class RedisTagListExchange implements TagListExchange, ReplicaConsistency {

    private static final Pattern NUMBER = Pattern.compile("[0-9a-z]{1,12}");

    private final RedisConnection connection;
    private final UnpublishedTokenFormat unpublished;
    private final ChangeCounter counter;
    private final TagListStore store;
    private final String self = UUID.randomUUID().toString();
    private final Map<Tenant, TenantGeneration> tenants = new ConcurrentHashMap<>();

    private RedisTagListExchange(RedisConnection connection, Freshness freshness, Clock clock) {
        this.connection = connection;
        this.unpublished = new UnpublishedTokenFormat(freshness.expireAfter(), clock);
        this.counter = new ChangeCounter(connection);
        this.store = new TagListStore(connection, counter, freshness.freshFor(), clock);
    }

    static RedisTagListExchange over(RedisConnection connection, Freshness freshness, Clock clock) {
        RedisTagListExchange exchange = new RedisTagListExchange(connection, freshness, clock);
        connection.listen(exchange.counter.channel(), exchange.new Listener());
        return exchange;
    }

    @Override
    public Member join(Account account, Vendor vendor, Consumer<Change> invalidation) {
        Tenant tenant = account.tenant();
        TenantGeneration.Entry list = new TenantGeneration.Entry(vendor, invalidation);
        TenantGeneration lists = tenants.compute(tenant, (key, known) -> {
            TenantGeneration all = known == null ? new TenantGeneration() : known;
            all.add(list);
            return all;
        });
        return new Joined(account, lists, list);
    }

    @Override
    public String token(Tenant tenant) {
        TenantGeneration lists = tenants.get(tenant);
        return lists == null || lists.isUnpublished() || !connection.isConnected()
                ? unpublished.issue()
                : Long.toString(lists.last(), Character.MAX_RADIX);
    }

    @Override
    public Mono<Void> await(Tenant tenant, String token) {
        TenantGeneration lists = tenants.get(tenant);
        if (lists == null) {
            return Mono.empty();
        }
        if (!connection.isConnected()) {
            lists.invalidateAll();
            return Mono.empty();
        }
        if (unpublished.isValid(token)) {
            lists.includeUnpublished(token);
            return Mono.empty();
        }
        boolean known = !NUMBER.matcher(token).matches() || lists.knows(Long.parseLong(token, Character.MAX_RADIX));
        return known ? Mono.empty() : catchUp(tenant, lists).then();
    }

    /** The number in a token may be forged, so it is compared with the number in Redis. */
    private Mono<Boolean> catchUp(Tenant tenant, TenantGeneration lists) {
        return counter.last(tenant).onErrorReturn(Long.MAX_VALUE).map(generation -> {
            if (lists.knows(generation)) {
                return false;
            }
            lists.invalidateAll();
            if (generation != Long.MAX_VALUE) {
                lists.advance(generation);
            }
            return true;
        });
    }

    private Mono<Void> publish(Tenant tenant, Publication publication, Change change, TenantGeneration lists) {
        return counter.publish(tenant, publication, ChangeMessage.sender(self, change))
                .doOnNext(generation -> lists.published(publication, generation))
                .doOnError(error -> {
                    if (lists.publishFailed(publication)) {
                        publishWhenAvailable(tenant, lists);
                    }
                })
                .onErrorComplete(Exception.class)
                .then();
    }

    /** Otherwise, replicas could use a list that was stored before the change. */
    private void publishWhenAvailable(Tenant tenant, TenantGeneration lists) {
        Mono<Boolean> attempt = Flux.defer(() -> Flux.fromIterable(lists.unpublished()))
                .flatMap(publication -> publish(tenant, publication, Change.UNKNOWN, lists))
                .then(Mono.fromCallable(lists::endRepetition));
        PublicationRepetition.of(attempt, connection::isConnected)
                .doFinally(end -> tenants.computeIfPresent(tenant, (key, known) -> known.ifUsed()))
                .subscribe();
    }

    private void leave(Tenant tenant, TenantGeneration.Entry list) {
        tenants.computeIfPresent(tenant, (key, lists) -> lists.without(list).ifUsed());
    }

    /** Receives the changes of all replicas, its own included. */
    private final class Listener implements RedisListener {

        private final AtomicBoolean begun = new AtomicBoolean();

        @Override
        public void onMessage(byte[] message) {
            ChangeMessage change = ChangeMessage.parse(message);
            TenantGeneration lists = change == null ? null : tenants.get(change.tenant());
            if (change != null && lists != null) {
                lists.receive(change, change.replica().equals(self));
            }
        }

        @Override
        public void onSubscribed() {
            if (begun.getAndSet(true)) {
                tenants.values().forEach(TenantGeneration::invalidateAll);
            } else {
                tenants.values().forEach(TenantGeneration::listen);
            }
            tenants.forEach((tenant, lists) -> counter.restore(tenant, lists.last()));
        }
    }

    /** A list that has joined. */
    private final class Joined implements Member {

        private final Account account;
        private final TenantGeneration lists;
        private final TenantGeneration.Entry list;

        Joined(Account account, TenantGeneration lists, TenantGeneration.Entry list) {
            this.account = account;
            this.lists = lists;
            this.list = list;
        }

        @Override
        public Mono<TagList> load(Mono<TagList> request, boolean afresh) {
            return Mono.defer(() -> connection.isConnected() ? store.load(request, afresh, account, list) : request);
        }

        @Override
        public Mono<Void> publish(Change change) {
            return Mono.defer(() -> {
                list.changed();
                Publication publication = lists.begin(list.vendor());
                return RedisTagListExchange.this.publish(account.tenant(), publication, change, lists);
            });
        }

        @Override
        public Mono<Boolean> catchUp() {
            return RedisTagListExchange.this.catchUp(account.tenant(), lists);
        }

        @Override
        public void close() {
            leave(account.tenant(), list);
        }
    }
}
