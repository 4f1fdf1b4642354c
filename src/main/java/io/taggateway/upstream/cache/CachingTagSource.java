package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.Deadline;
import io.taggateway.tagging.operation.OperationMemo;
import io.taggateway.tagging.operation.RequestBudget;
import io.taggateway.tagging.operation.ShelfLife;
import io.taggateway.tagging.source.TagChange;
import io.taggateway.tagging.source.TagDraft;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * A vendor's tags out of memory: one load for all that wait, old lists answered at once and loaded again behind, and
 * lists up to an hour old when the vendor cannot be asked.
 */
public final class CachingTagSource implements TagSource {

    private static final Duration LOAD_LIMIT = Duration.ofSeconds(20);
    private static final int MAX_TENANTS = 1_000;
    private static final Tenant TENANT = Tenant.DEFAULT;

    private final TagSource vendorSource;
    private final boolean findsSingly;
    private final KnownTags known;
    private final Freshness freshness;
    private final Clock clock;
    private final Cache<Tenant, TagList> lists;
    private final Set<Tenant> doubtful = ConcurrentHashMap.newKeySet();
    private final Map<Tenant, CompletableFuture<TagList>> flights = new ConcurrentHashMap<>();

    CachingTagSource(TagSource vendorSource, boolean findsSingly, KnownTags known, Freshness freshness, Clock clock) {
        this.known = known;
        this.vendorSource = vendorSource;
        this.findsSingly = findsSingly;
        this.freshness = freshness;
        this.clock = clock;
        this.lists = Caffeine.newBuilder()
                .maximumSize(MAX_TENANTS)
                .expireAfter(Expiry.<Tenant, TagList>writing(
                        (key, list) -> freshness.staleIfError().minus(age(list))))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .recordStats()
                .build();
    }

    /** Publishes hits, misses and the age of what is held. */
    void bindTo(MeterRegistry meters) {
        String vendor = vendor().prefix();
        CaffeineCacheMetrics.monitor(meters, lists, "tags." + vendor);
        TimeGauge.builder("taggateway.source.staleness", this, TimeUnit.SECONDS, CachingTagSource::oldest)
                .description("Age of the oldest tag list that is held")
                .tag("vendor", vendor)
                .register(meters);
    }

    @Override
    public Vendor vendor() {
        return vendorSource.vendor();
    }

    @Override
    public Mono<TagList> list() {
        return used(OperationMemo.once(new Question(this, TENANT), () -> answer(TENANT)));
    }

    /** A list of which it is known afterwards how long it does for an answer. */
    private Mono<TagList> used(Mono<TagList> answer) {
        return Mono.deferContextual(context -> answer.doOnNext(list -> {
            Duration freshFor = list.staleBecause() == null ? freshness.freshFor() : Duration.ZERO;
            ShelfLife.use(context, list.fetchedAt(), freshFor);
        }));
    }

    private Mono<TagList> answer(Tenant tenant) {
        return Mono.defer(() -> {
            TagList list = lists.getIfPresent(tenant);
            if (list == null) {
                return load(tenant);
            }
            Duration age = age(list);
            if (doubtful.contains(tenant)) {
                return load(tenant).onErrorResume(SourceException.class, failure -> stale(list, failure));
            }
            if (age.compareTo(freshness.freshFor()) < 0) {
                return Mono.just(list);
            }
            if (age.compareTo(freshness.expireAfter()) < 0) {
                load(tenant).onErrorComplete().subscribe();
                return Mono.just(list);
            }
            return load(tenant).onErrorResume(SourceException.class, failure -> stale(list, failure));
        });
    }

    @Override
    public Mono<TagList> listFor(Collection<String> remoteIds) {
        return Mono.defer(() -> {
            TagList held = lists.getIfPresent(TENANT);
            boolean lacking = held != null && remoteIds.stream().anyMatch(remoteId -> held.find(remoteId) == null);
            return held != null && lacking && findsSingly ? renewed(TENANT, held) : list();
        });
    }

    /** A load that may already be under way; where it fails, what is held is answered as it would be without it. */
    private Mono<TagList> renewed(Tenant tenant, TagList held) {
        Mono<TagList> renewal = load(tenant)
                .onErrorResume(
                        SourceException.class,
                        failure -> age(held).compareTo(freshness.expireAfter()) < 0
                                ? Mono.just(held.staleBecause(failure))
                                : stale(held, failure));
        return used(OperationMemo.once(new Renewal(this, tenant), () -> renewal));
    }

    @Override
    public Mono<Tag> find(String remoteId) {
        return Mono.defer(() -> {
            Instant asked = clock.instant();
            return list().flatMap(list -> {
                Tag tag = list.find(remoteId);
                if (tag != null) {
                    return Mono.just(tag);
                }
                boolean asOfNow = !list.fetchedAt().isBefore(asked);
                return findsSingly && !asOfNow ? vendorSource.find(remoteId) : Mono.empty();
            });
        });
    }

    @Override
    public Mono<TagList> listAfresh() {
        return Mono.defer(() -> {
            flights.remove(TENANT);
            return load(TENANT);
        });
    }

    @Override
    public Mono<Tag> create(TagDraft draft) {
        return written(TENANT, vendorSource.create(draft), tag -> new Write(null, tag));
    }

    @Override
    public Mono<Tag> update(Tag tag, TagChange change) {
        return written(TENANT, vendorSource.update(tag, change), changed -> new Write(tag, changed));
    }

    @Override
    public Mono<Void> delete(Tag tag) {
        return written(TENANT, vendorSource.delete(tag).thenReturn(tag), gone -> new Write(gone, null))
                .then();
    }

    @Override
    public String held(String hex) {
        return vendorSource.held(hex);
    }

    @Override
    public @Nullable TagList held() {
        return lists.getIfPresent(TENANT);
    }

    /** Before a write is answered, what is held shows it, and a load that began before it cannot undo that. */
    private Mono<Tag> written(Tenant tenant, Mono<Tag> write, Function<Tag, Write> done) {
        return write.doOnNext(tag -> replace(tenant, done.apply(tag))).doOnError(error -> doubt(tenant));
    }

    private void replace(Tenant tenant, Write write) {
        lists.asMap().compute(tenant, (key, list) -> {
            flights.remove(tenant);
            known.written(tenant, write.before(), write.after());
            return list == null ? null : write.in(list);
        });
    }

    /** What a failed write has done is not known, so what is held is answered only when the vendor cannot be asked. */
    private void doubt(Tenant tenant) {
        doubtful.add(tenant);
        flights.remove(tenant);
    }

    private Mono<TagList> load(Tenant tenant) {
        return Mono.deferContextual(context -> {
            Duration wait = Deadline.remaining(context, clock, LOAD_LIMIT);
            Mono<TagList> late = Mono.error(() -> SourceException.of(vendor(), FailureReason.TIMEOUT));
            if (wait.isNegative()) {
                return late;
            }
            Mono<TagList> landing = Mono.defer(
                    () -> Mono.fromFuture(flight(tenant, context), true).timeout(wait, late));
            return flights.containsKey(tenant) ? landing : RequestBudget.charge(vendor(), landing);
        });
    }

    /**
     * The load under way, which goes on when those who wait for it leave, or a new one. Of the caller that began it, it
     * has the trace and the id, and neither the deadline nor the memo.
     */
    private CompletableFuture<TagList> flight(Tenant tenant, ContextView caller) {
        CompletableFuture<TagList> promise = new CompletableFuture<>();
        CompletableFuture<TagList> running = flights.putIfAbsent(tenant, promise);
        if (running != null) {
            return running;
        }
        Mono.defer(() -> vendorSource.list())
                .timeout(LOAD_LIMIT, Mono.error(() -> SourceException.of(vendor(), FailureReason.TIMEOUT)))
                .contextWrite(context -> LoadOrigin.keep(context, caller))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException(vendor() + " listed nothing at all")))
                .subscribe(
                        list -> {
                            land(tenant, promise, list);
                            promise.complete(list);
                        },
                        error -> {
                            if (flights.remove(tenant, promise)) {
                                markStale(tenant, error);
                            }
                            promise.completeExceptionally(error);
                        });
        return promise;
    }

    /** A load that a write has overtaken is not kept. */
    private void land(Tenant tenant, CompletableFuture<TagList> promise, TagList list) {
        lists.asMap().compute(tenant, (key, old) -> {
            boolean current = flights.remove(tenant, promise);
            if (current) {
                doubtful.remove(tenant);
                known.read(tenant, list);
            }
            return current ? list : old;
        });
    }

    /** A list that outlived its time says so from the first failure to load it again. */
    private void markStale(Tenant tenant, Throwable error) {
        if (error instanceof SourceException failure) {
            lists.asMap().computeIfPresent(tenant, (key, list) -> list.staleBecause(failure));
        }
    }

    /**
     * Refused credentials may have been taken away on purpose, so they get no old answers; nor does an operation that
     * needs too much, as the vendor could have been asked.
     */
    private Mono<TagList> stale(TagList list, SourceException failure) {
        boolean refused = failure.reason() == FailureReason.AUTH_FAILED
                || failure.reason() == FailureReason.FORBIDDEN
                || failure.reason() == FailureReason.REQUEST_LIMIT;
        boolean tooOld = age(list).compareTo(freshness.staleIfError()) > 0;
        return refused || tooOld ? Mono.error(failure) : Mono.just(list.staleBecause(failure));
    }

    private Duration age(TagList list) {
        return Duration.between(list.fetchedAt(), clock.instant());
    }

    private double oldest() {
        return lists.asMap().values().stream()
                .mapToDouble(list -> age(list).toSeconds())
                .max()
                .orElse(0);
    }

    /** What a write has made of a tag; null where there is none. */
    private record Write(@Nullable Tag before, @Nullable Tag after) {

        TagList in(TagList list) {
            return after != null ? list.with(after) : before != null ? list.without(before) : list;
        }
    }

    private record Question(TagSource source, Tenant tenant) {}

    private record Renewal(TagSource source, Tenant tenant) {}
}
