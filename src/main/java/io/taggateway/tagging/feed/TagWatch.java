package io.taggateway.tagging.feed;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.FatalErrorRelay;
import io.taggateway.tagging.operation.OperationContext;
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
        this.polls = sources.stream()
                .map(source -> new Poll(source, feed.polls().turns(source.vendor(), interval)))
                .toList();
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
        private final Flux<PollTurn> turns;
        private int listeners;
        private Disposable reading = Disposables.disposed();

        Poll(TagSource source, Flux<PollTurn> turns) {
            this.source = source;
            this.turns = turns;
        }

        synchronized void enter() {
            if (listeners++ == 0) {
                reading = turns.index((number, turn) -> (number == 0 ? begin(turn) : go(turn))
                                .doOnError(error -> turn.onFailure().run()))
                        .concatMap(step -> inBackground(step).onErrorResume(TagWatch::skip), 1)
                        .subscribe();
            }
        }

        synchronized void leave() {
            if (--listeners == 0) {
                reading.dispose();
            }
        }

        /** The first read only loads a list to compare with. */
        private Mono<?> begin(PollTurn turn) {
            return turn.reads() ? source.list() : go(turn);
        }

        private Mono<?> go(PollTurn turn) {
            return turn.reads() ? source.reloadList() : source.loadStored();
        }

        /** It does not belong to a single subscriber. */
        private static Mono<Void> inBackground(Mono<?> step) {
            return FatalErrorRelay.failing(step.then()).contextWrite(OperationContext.background("tag-poll")::in);
        }
    }

    private static Mono<Void> skip(Throwable error) {
        if (!(error instanceof SourceException)) {
            Operators.onErrorDropped(error, Context.empty());
        }
        return Mono.empty();
    }
}
