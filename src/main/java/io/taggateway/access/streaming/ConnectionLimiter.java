package io.taggateway.access.streaming;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.taggateway.access.limits.LimitsProperties;
import io.taggateway.access.quota.ConnectionQuota;
import io.taggateway.access.quota.QuotaOwner;
import io.taggateway.access.security.CallerAuthentication;
import io.taggateway.api.SubscriptionProperties;
import io.taggateway.tagging.operation.Caller;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Limits the open WebSockets and event streams of this process, and of each caller. */
@Component
class ConnectionLimiter {

    private final int max;
    private final int maxOfCaller;
    private final ConnectionQuota quota;
    private final AtomicInteger open = new AtomicInteger();

    ConnectionLimiter(
            SubscriptionProperties properties, LimitsProperties limits, ConnectionQuota quota, MeterRegistry meters) {
        this.max = properties.maxConnections();
        this.maxOfCaller = limits.caller().maxConnections();
        this.quota = quota;
        Gauge.builder("taggateway.streams", open, AtomicInteger::get)
                .description("WebSockets and event streams that are open")
                .register(meters);
    }

    /**
     * Counts a connection as open until it ends, or refuses it if there are too many, or too many of its caller.
     *
     * @param connection begins with its permit, as the caller may become known only later
     */
    <T> Flux<T> open(Function<Permit, Publisher<T>> connection, Supplier<Publisher<T>> refusal) {
        return Flux.using(
                Permit::new,
                permit -> permit.acquire().flatMapMany(acquired -> acquired ? connection.apply(permit) : refusal.get()),
                Permit::release);
    }

    /** The counters to which one connection is added until it ends. */
    final class Permit {

        private final boolean exceeding = open.incrementAndGet() > max;
        private ConnectionQuota.@Nullable Permit ofCaller;
        private boolean released;

        private Mono<Boolean> acquire() {
            return exceeding
                    ? Mono.fromSupplier(() -> {
                        release();
                        return false;
                    })
                    : CallerAuthentication.find()
                            .map(CallerAuthentication::getPrincipal)
                            .defaultIfEmpty(Caller.ANYONE)
                            .flatMap(this::countFor)
                            .doOnNext(counted -> {
                                if (!counted) {
                                    release();
                                }
                            });
        }

        /** Counts the connection for its caller, once; false if the caller has too many. */
        Mono<Boolean> countFor(Caller caller) {
            return Mono.defer(() -> {
                ConnectionQuota.Permit added = add(caller);
                return added == null ? Mono.just(true) : added.acquire();
            });
        }

        private synchronized ConnectionQuota.@Nullable Permit add(Caller caller) {
            if (caller.equals(Caller.ANYONE) || maxOfCaller == 0 || ofCaller != null || released) {
                return null;
            }
            ofCaller = quota.permit(QuotaOwner.of(caller), maxOfCaller);
            return ofCaller;
        }

        private synchronized void release() {
            if (!released) {
                released = true;
                open.decrementAndGet();
                if (ofCaller != null) {
                    ofCaller.release();
                }
            }
        }
    }
}
