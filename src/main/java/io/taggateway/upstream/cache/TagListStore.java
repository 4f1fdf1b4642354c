package io.taggateway.upstream.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagList;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tag lists of all accounts at one vendor, as many tags as there is space for and none older than is answered. */
final class TagListStore {

    /** Some 200 MB of tags of usual lengths. */
    static final long MAX_TAGS = 250_000;

    private final Freshness freshness;
    private final Clock clock;
    private final Cache<TagListCache, TagListState> states;

    TagListStore(Freshness freshness, long maxTags, Clock clock) {
        this.freshness = freshness;
        this.clock = clock;
        this.states = Caffeine.newBuilder()
                .maximumWeight(maxTags)
                .weigher((TagListCache account, TagListState state) ->
                        list(state).tags().size())
                .expireAfter(Expiry.<TagListCache, TagListState>writing(
                        (account, state) -> freshness.staleIfError().minus(age(list(state)))))
                .evictionListener(
                        (@Nullable TagListCache account, @Nullable TagListState state, RemovalCause cause) -> {
                            if (account != null && state != null) {
                                account.removed(cause == RemovalCause.EXPIRED ? state.expired() : state.evicted());
                            }
                        })
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .recordStats()
                .build();
    }

    /** Publishes hits, misses and the age of what is cached. */
    void bindTo(MeterRegistry meters, Vendor vendor) {
        CaffeineCacheMetrics.monitor(meters, states, "tags." + vendor.prefix());
        TimeGauge.builder("taggateway.source.staleness", this, TimeUnit.SECONDS, TagListStore::oldest)
                .description("Age of the oldest tag list that is cached")
                .tag("vendor", vendor.prefix())
                .register(meters);
    }

    Freshness freshness() {
        return freshness;
    }

    Clock clock() {
        return clock;
    }

    /** The state of an account with a list; null for one without. */
    @Nullable
    TagListState find(TagListCache account) {
        return states.getIfPresent(account);
    }

    /** The same, without counting as a use. */
    @Nullable
    TagListState peek(TagListCache account) {
        return states.policy().getIfPresentQuietly(account);
    }

    /** Takes one step from the state of an account, of which only one with a list is stored. */
    TagListTransition compute(TagListCache account, Function<@Nullable TagListState, TagListTransition> step) {
        AtomicReference<TagListTransition> taken = new AtomicReference<>();
        states.asMap().compute(account, (key, state) -> {
            TagListTransition transition = step.apply(state);
            taken.setPlain(transition);
            return transition.after().current() == null ? null : transition.after();
        });
        return Objects.requireNonNull(taken.getPlain());
    }

    void remove(TagListCache account) {
        states.invalidate(account);
    }

    Duration age(TagList list) {
        return Duration.between(list.fetchedAt(), clock.instant());
    }

    private double oldest() {
        return states.asMap().values().stream()
                .mapToDouble(state -> age(list(state)).toSeconds())
                .max()
                .orElse(0);
    }

    private static TagList list(TagListState state) {
        return Objects.requireNonNull(state.list());
    }
}
