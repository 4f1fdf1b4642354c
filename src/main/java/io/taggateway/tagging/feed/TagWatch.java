package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Reads vendors' tag lists at an interval as long as their changes are subscribed to. */
public final class TagWatch {

    private final List<TagSource> sources;
    private final ChangeFeed feed;
    private final Duration interval;
    private final Map<Vendor, Flux<TagList>> reads = new ConcurrentHashMap<>();

    /**
     * A watch over the tags of some vendors.
     *
     * @param interval from one read of a vendor's list to the next, however many listen
     */
    public TagWatch(List<TagSource> sources, ChangeFeed feed, Duration interval) {
        this.sources = List.copyOf(sources);
        this.feed = feed;
        this.interval = interval;
    }

    /**
     * The changes of some vendors' tags, which are looked for as long as this is listened to.
     *
     * @param vendors null for all of them
     */
    public Flux<TagEvent> changes(@Nullable Collection<Vendor> vendors) {
        Predicate<Vendor> wanted = vendors == null ? vendor -> true : vendors::contains;
        List<Flux<TagList>> lists = sources.stream()
                .filter(source -> wanted.test(source.vendor()))
                .map(this::reads)
                .toList();
        return Flux.using(
                () -> Flux.merge(lists).subscribe(),
                reading -> feed.tags(event -> wanted.test(event.vendor())),
                Disposable::dispose);
    }

    private Flux<TagList> reads(TagSource source) {
        return reads.computeIfAbsent(source.vendor(), watched -> read(source));
    }

    /** The first read only makes sure that there is a list to compare with; a read that fails is skipped. */
    private Flux<TagList> read(TagSource source) {
        return Flux.interval(Duration.ZERO, interval)
                .onBackpressureDrop()
                .concatMap(tick -> read(source, tick == 0).onErrorResume(TagWatch::skip), 1)
                .share();
    }

    /** Whoever listens first is not the one that all later reads are done for. */
    private static Mono<TagList> read(TagSource source, boolean first) {
        Mono<TagList> list = first ? source.list() : source.listAfresh();
        return list.contextWrite(
                listener -> OperationContext.background("tag-poll").in(Context.empty()));
    }

    private static Mono<TagList> skip(Throwable error) {
        if (!(error instanceof SourceException)) {
            Operators.onErrorDropped(error, Context.empty());
        }
        return Mono.empty();
    }
}
