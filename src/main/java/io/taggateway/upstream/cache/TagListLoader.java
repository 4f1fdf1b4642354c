package io.taggateway.upstream.cache;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Loads an account's tags, once for all that wait, each for no longer than its own deadline. */
final class TagListLoader {

    private static final Duration LOAD_LIMIT = Duration.ofSeconds(20);

    private final TagSource vendorSource;
    private final TagListEntry entry;

    TagListLoader(TagSource vendorSource, TagListEntry entry) {
        this.vendorSource = vendorSource;
        this.entry = entry;
    }

    /** The list of the load under way, or else of a new one. */
    Mono<TagList> load() {
        return load(false);
    }

    /** The list of a new load, which overtakes any other. */
    Mono<TagList> loadAfresh() {
        return load(true);
    }

    private Mono<TagList> load(boolean afresh) {
        return Mono.deferContextual(context -> {
            OperationContext operation = OperationContext.of(context);
            Duration wait = operation.deadline().remaining(LOAD_LIMIT);
            if (wait.isNegative()) {
                return late();
            }
            CompletableFuture<TagList> running = afresh ? null : entry.state().load();
            Mono<TagList> landing = running == null
                    ? operation
                            .requests()
                            .charge(
                                    vendorSource.vendor(),
                                    Mono.defer(() -> Mono.fromFuture(begin(afresh, context), true)))
                    : Mono.fromFuture(running, true);
            return landing.timeout(wait, late());
        });
    }

    /** A load that goes on when those who wait for it leave; where one has begun just now, that one. */
    private CompletableFuture<TagList> begin(boolean afresh, ContextView caller) {
        CompletableFuture<TagList> promise = new CompletableFuture<>();
        TagListState state = entry.take(before -> afresh || before.load() == null ? before.loading(promise) : before)
                .after();
        if (state.load() != null && !state.awaits(promise)) {
            return state.load();
        }
        Mono.defer(vendorSource::list)
                .timeout(LOAD_LIMIT, late())
                .contextWrite(OperationContext.detached(caller))
                .switchIfEmpty(
                        Mono.error(() -> new IllegalStateException(vendorSource.vendor() + " listed nothing at all")))
                .subscribe(list -> landed(promise, list), error -> failed(promise, error));
        return promise;
    }

    private void landed(CompletableFuture<TagList> promise, TagList list) {
        promise.complete(entry.take(state -> state.landed(promise, list)).landed(list));
    }

    private void failed(CompletableFuture<TagList> promise, Throwable error) {
        entry.take(state -> state.failed(promise, error));
        promise.completeExceptionally(error);
    }

    private <T> Mono<T> late() {
        return Mono.error(() -> SourceException.of(vendorSource.vendor(), FailureReason.TIMEOUT));
    }
}
