package io.taggateway.cluster.lock;

import io.taggateway.upstream.guard.Lease;
import java.time.Duration;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The possession of a lock in Redis. It is renewed until it is released. */
final class RedisLease implements Lease {

    private static final Duration RENEWAL = Duration.ofSeconds(3);

    /** The minimum remaining time of a lease for a request: a pause of two seconds and the time limit of the vendor. */
    private static final Duration REQUEST = Duration.ofSeconds(5);

    private final LockStore store;
    private final String key;
    private final String token;
    private final boolean needsRedis;
    private final Disposable.Swap renewals = Disposables.swap();
    private volatile long renewedAt = System.nanoTime();

    /**
     * A lease that is to be acquired.
     *
     * @param needsRedis whether it is lost when Redis is not available
     */
    RedisLease(LockStore store, String key, String token, boolean needsRedis) {
        this.store = store;
        this.key = key;
        this.token = token;
        this.needsRedis = needsRedis;
    }

    /** The lease begins no earlier than now. */
    void requested() {
        renewedAt = System.nanoTime();
    }

    /** Renews this lease, which is acquired, until it is released. */
    void renew() {
        renewals.update(Flux.interval(RENEWAL)
                .onBackpressureDrop()
                .concatMap(tick -> renewed().onErrorComplete())
                .subscribe());
    }

    String key() {
        return key;
    }

    String token() {
        return token;
    }

    void release() {
        renewals.dispose();
        store.release(this);
    }

    /**
     * Checks the lock in Redis, as another replica may hold it after Redis has lost it. While Redis is not available,
     * only the remaining time is checked, unless writes need Redis.
     */
    @Override
    public Mono<Void> confirmed() {
        return renewed()
                .onErrorReturn(!needsRedis)
                .flatMap(known -> known && isLongEnough() ? Mono.empty() : Mono.error(new LeaseLostException(key)));
    }

    private Mono<Boolean> renewed() {
        return Mono.defer(() -> {
            long sent = System.nanoTime();
            return store.renew(this).doOnNext(held -> {
                if (held) {
                    renewedAt = sent;
                }
            });
        });
    }

    /** Compares monotonic times, which continue while the process is paused. */
    private boolean isLongEnough() {
        return System.nanoTime() - renewedAt < LockStore.LEASE.minus(REQUEST).toNanos();
    }

    /** Work with several locks confirms all of them. */
    @Override
    public Context in(Context context) {
        Lease outer = context.getOrDefault(Lease.class, null);
        Lease all = outer == null ? this : () -> outer.confirmed().then(confirmed());
        return context.put(Lease.class, all);
    }
}
