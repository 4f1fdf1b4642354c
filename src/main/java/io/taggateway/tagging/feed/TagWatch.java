package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.FatalErrorRelay;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Polls vendors' tag lists as long as their changes are subscribed to. */
public final class TagWatch {

    private final List<Poll> polls;
    private final ChangeFeed feed;

    /**
     * A watch over the tags of some vendors.
     *
     * @param interval the interval between reads of a vendor's list, independent of the number of subscribers
     */
    public TagWatch(List<TagSource> sources, ChangeFeed feed, Duration interval) {
        this.polls = sources.stream().map(source -> new Poll(source, interval)).toList();
        this.feed = feed;
    }

    /**
     * The changes of some vendors' tags, which are polled for while this is subscribed to.
     *
     * @param vendors null for all of them
     */
    public Flux<TagEvent> changes(@Nullable Collection<Vendor> vendors) {
        Predicate<Vendor> wanted = vendors == null ? vendor -> true : vendors::contains;
        List<Poll> watched =
                polls.stream().filter(poll -> wanted.test(poll.source.vendor())).toList();
        return Flux.using(
                () -> {
                    watched.forEach(Poll::enter);
                    return watched;
                },
                entered -> feed.tags(event -> wanted.test(event.vendor())),
                entered -> entered.forEach(Poll::leave));
    }

    /** Polls one vendor's list from the first subscription until the last one is cancelled. */
    private static final class Poll {

        private final TagSource source;
        private final Duration interval;
        private int listeners;
        private Disposable reading = Disposables.disposed();

        Poll(TagSource source, Duration interval) {
            this.source = source;
            this.interval = interval;
        }

        synchronized void enter() {
            if (listeners++ == 0) {
                reading = Flux.interval(Duration.ZERO, interval)
                        .onBackpressureDrop()
                        .concatMap(tick -> read(tick == 0).onErrorResume(TagWatch::skip), 1)
                        .subscribe();
            }
        }

        synchronized void leave() {
            if (--listeners == 0) {
                reading.dispose();
            }
        }

        /** The first read only loads a list to compare with. Later reads do not belong to a single subscriber. */
        private Mono<TagList> read(boolean first) {
            Mono<TagList> list = first ? source.list() : source.listAfresh();
            return FatalErrorRelay.failing(list).contextWrite(OperationContext.background("tag-poll")::in);
        }
    }

    private static Mono<TagList> skip(Throwable error) {
        if (!(error instanceof SourceException)) {
            Operators.onErrorDropped(error, Context.empty());
        }
        return Mono.empty();
    }
}
