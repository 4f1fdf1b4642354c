package io.taggateway.upstream.http;

import io.taggateway.tagging.model.Call;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.WriteVerification;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import io.taggateway.upstream.http.SingleTagAssignments.TagRequestSender;
import io.taggateway.upstream.http.SingleTagAssignments.Written;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A change of the tags of one call. The call is read afterwards if the change replaces all tags, or if a response does
 * not show the result, as there may be another writer.
 */
final class CallTagWrite {

    private static final int ATTEMPTS = 4;

    private final Vendor vendor;
    private final TagRequestSender requests;
    private final WriteVerification verification;
    private final Call first;
    private final TagSetChange change;
    private final Map<String, Tag> there;
    private final Map<String, Tag> added = new LinkedHashMap<>();
    private final Map<String, Tag> removed = new LinkedHashMap<>();
    private boolean unclear;
    private int attempts;

    CallTagWrite(
            Vendor vendor, TagRequestSender requests, WriteVerification verification, Call first, TagSetChange change) {
        this.vendor = vendor;
        this.requests = requests;
        this.verification = verification;
        this.first = first;
        this.change = change;
        this.there = tagsOf(first);
    }

    Assignment planned() {
        missing(first).forEach(tag -> added(tag, true));
        excess(first).forEach(this::removed);
        return Assignment.of(subject(), List.copyOf(added.values()), List.copyOf(removed.values()));
    }

    Mono<Assignment> begin() {
        return missing(first).isEmpty() && excess(first).isEmpty()
                ? Mono.just(planned())
                : OperationContext.withoutCancellation(write(first));
    }

    private Mono<Assignment> write(Call call) {
        attempts++;
        Flux<Tag> puts = Flux.fromIterable(missing(call)).concatMap(this::put);
        Flux<Tag> deletes = Flux.fromIterable(excess(call)).concatMap(this::delete);
        return puts.concatWith(deletes)
                .then(Mono.defer(() -> unclear || change.exact() ? verified() : Mono.just(outcome(null))))
                .onErrorResume(SourceException.class, failure -> Mono.just(outcome(failure)));
    }

    private Mono<Tag> put(Tag tag) {
        return repeated(requests.assign(first.remoteId(), tag.remoteId()))
                .doOnNext(written -> added(tag, written != Written.DONE_BEFORE))
                .thenReturn(tag);
    }

    private Mono<Tag> delete(Tag tag) {
        return repeated(requests.unassign(first.remoteId(), tag.remoteId()))
                .doOnNext(written -> removed(tag))
                .thenReturn(tag);
    }

    /**
     * Repeats a write whose response is lost. The response to the second one does not show the state before the first.
     * A write whose response cannot be read may have been applied.
     */
    private Mono<Written> repeated(Mono<Written> write) {
        return write.onErrorResume(
                        SourceException::isResponseLost,
                        lost -> ((SourceException) lost).reason() == FailureReason.INVALID_RESPONSE
                                ? Mono.just(Written.UNCLEAR)
                                : write.map(written -> written == Written.DONE_BEFORE ? Written.DONE : written))
                .doOnNext(written -> unclear |= written == Written.UNCLEAR);
    }

    private void added(Tag tag, boolean isNew) {
        there.put(tag.remoteId(), tag);
        if (removed.remove(tag.remoteId()) == null && isNew) {
            added.put(tag.remoteId(), tag);
        }
    }

    private void removed(Tag tag) {
        there.remove(tag.remoteId());
        if (added.remove(tag.remoteId()) == null) {
            removed.put(tag.remoteId(), tag);
        }
    }

    /** Compares with the current call, and repeats what another writer has changed. */
    private Mono<Assignment> verified() {
        return verification
                .read(Mono.defer(() -> requests.findUncached(first.remoteId())), this::isDone)
                .switchIfEmpty(failure(FailureReason.NOT_FOUND))
                .flatMap(this::judged);
    }

    private Mono<Assignment> judged(Call later) {
        if (!isDone(later) && !unclear && attempts < ATTEMPTS) {
            return write(later);
        }
        Map<String, Tag> now = tagsOf(later);
        there.clear();
        there.putAll(now);
        added.keySet().retainAll(now.keySet());
        removed.keySet().removeAll(now.keySet());
        if (isDone(later)) {
            return Mono.just(outcome(null));
        }
        return unclear ? failure(FailureReason.INVALID_RESPONSE) : Mono.just(lost());
    }

    private boolean isDone(Call call) {
        return missing(call).isEmpty() && excess(call).isEmpty();
    }

    private List<Tag> missing(Call call) {
        Map<String, Tag> present = tagsOf(call);
        return byId(change.add()).values().stream()
                .filter(tag -> !present.containsKey(tag.remoteId()))
                .toList();
    }

    private List<Tag> excess(Call call) {
        Map<String, Tag> named = byId(change.exact() ? change.add() : change.remove());
        return tagsOf(call).values().stream()
                .filter(tag -> named.containsKey(tag.remoteId()) != change.exact())
                .toList();
    }

    private <T> Mono<T> failure(FailureReason reason) {
        return Mono.error(() -> SourceException.of(vendor, reason));
    }

    private Assignment lost() {
        return new Assignment(
                subject(), List.copyOf(added.values()), List.copyOf(removed.values()), null, true, List.of());
    }

    private Assignment outcome(@Nullable SourceException failure) {
        return new Assignment(
                subject(), List.copyOf(added.values()), List.copyOf(removed.values()), failure, false, List.of());
    }

    private Call subject() {
        return first.withTags(List.copyOf(there.values()));
    }

    private static Map<String, Tag> tagsOf(Call call) {
        return byId(Objects.requireNonNullElse(call.embeddedTags(), List.of()));
    }

    private static Map<String, Tag> byId(List<Tag> tags) {
        Map<String, Tag> byId = new LinkedHashMap<>();
        tags.forEach(tag -> byId.putIfAbsent(tag.remoteId(), tag));
        return byId;
    }
}
