package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.guard.KeyedLock;
import io.taggateway.upstream.http.UpstreamRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The tags on Swipe One's contacts. One request replaces a contact's whole set and no version guards it, so a change is
 * read, merged, written and read again, one change of a contact at a time; a change that another writer has undone is
 * made again on top of that writer's set.
 */
final class SwipeOneTagAssignments implements TagAssignments {

    private static final int ATTEMPTS = 4;

    /** Reads may lag behind writes, so that a change is missed only when it is still not there after these waits. */
    private static final List<Duration> PATIENCE =
            List.of(Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(400));

    private final SwipeOneClient client;
    private final SwipeOneContactSource contacts;
    private final TagSource tags;
    private final KeyedLock lock = new KeyedLock();

    SwipeOneTagAssignments(SwipeOneClient client, SwipeOneContactSource contacts, TagSource tags) {
        this.client = client;
        this.contacts = contacts;
        this.tags = tags;
    }

    @Override
    public Vendor vendor() {
        return Vendor.SWIPEONE;
    }

    @Override
    public NodeType subjectType() {
        return NodeType.CONTACT;
    }

    @Override
    public Mono<Assignment> change(String remoteId, @Nullable Taggable justRead, TagSetChange change, boolean dryRun) {
        return tags.list()
                .flatMap(list -> id(remoteId).flatMap(id -> {
                    Mono<TagMerge> merge = contacts.findAfresh(id)
                            .flatMap(contact -> keys(contact, change, new TagMerge.Keys(list))
                                    .map(keys -> TagMerge.of(contact, change, keys)));
                    return dryRun ? merge.map(SwipeOneTagAssignments::done) : lock.hold(id, merge.flatMap(this::begun));
                }));
    }

    /**
     * What is to be removed as it was not named has to be told, so a tag that is too new for the held list is looked
     * up.
     */
    private Mono<TagMerge.Keys> keys(Contact contact, TagSetChange change, TagMerge.Keys held) {
        boolean known = SwipeOneMapper.keys(contact).stream().allMatch(text -> held.tag(text) != null);
        return known || !change.exact() ? Mono.just(held) : tags.listAfresh().map(TagMerge.Keys::new);
    }

    /** A contact that was listed without its id has one all the same. */
    private Mono<String> id(String remoteId) {
        return remoteId.startsWith(SwipeOneMapper.EMAIL_ID)
                ? contacts.find(remoteId).map(Contact::remoteId).filter(id -> !id.startsWith(SwipeOneMapper.EMAIL_ID))
                : Mono.just(remoteId);
    }

    /** A write that has begun is verified although its caller leaves: without a read, nothing is known of the set. */
    private Mono<Assignment> begun(TagMerge merge) {
        return OperationContext.withoutCancellation(write(merge));
    }

    /** Posts until a read shows the change, each time on top of what was read last. */
    private Mono<Assignment> write(TagMerge merge) {
        return merge.changes()
                ? post(new Attempt(1, merge))
                        .expand(outcome -> next(outcome).flatMap(this::post))
                        .last()
                        .map(Outcome::assignment)
                : Mono.just(done(merge));
    }

    /** The attempt that follows an outcome; empty where it is the last one's, or nothing more can be read. */
    private Mono<Attempt> next(Outcome outcome) {
        return switch (outcome) {
            case Applied applied -> Mono.empty();
            case Undone undone ->
                Mono.just(undone.attempt().next(undone.later())).filter(next -> next.n() <= ATTEMPTS);
            // A write whose answer was lost may have been done, and is safe to repeat, once.
            case Unknown unknown
            when unknown.attempt().n() == 1 && unknown.isLost() ->
                contacts.findAfresh(unknown.attempt().merge().contact().remoteId())
                        .map(later -> unknown.attempt().last(later))
                        .onErrorComplete(SourceException.class);
            case Unknown unknown -> Mono.empty();
        };
    }

    private Mono<Outcome> post(Attempt attempt) {
        TagMerge merge = attempt.merge();
        Contact contact = merge.contact();
        if (attempt.n() > 1 && merge.isIn(contact)) {
            return Mono.just(new Applied(merge, contact));
        }
        Map<String, List<String>> body = Map.of("tags", merge.keys());
        UpstreamRequest request = UpstreamRequest.write(
                HttpMethod.POST, "replaceContactTags", body, "/contacts/{id}/tags", contact.remoteId());
        return client.write(request, "contact")
                .then(verify(merge))
                .<Outcome>map(later -> merge.isIn(later) ? new Applied(merge, later) : new Undone(attempt, later))
                .switchIfEmpty(Mono.error(() -> SourceException.of(vendor(), FailureReason.NOT_FOUND)))
                .onErrorResume(SourceException.class, failure -> Mono.just(new Unknown(attempt, failure)));
    }

    /**
     * The contact as soon as it shows what was written, or as it is when patience is at an end; empty where it is gone.
     */
    private Mono<Contact> verify(TagMerge merge) {
        return Flux.fromIterable(PATIENCE)
                .concatMap(
                        wait -> Mono.delay(wait)
                                .then(contacts.findAfresh(merge.contact().remoteId())),
                        1)
                .takeUntil(merge::isIn)
                .takeLast(1)
                .next();
    }

    private static Assignment done(TagMerge merge) {
        return Assignment.of(merge.contact().withTags(merge.keys()), merge.add(), merge.remove());
    }

    /** One of several attempts to write a change, on top of the contact as it was read just before. */
    private record Attempt(int n, TagMerge merge) {

        Attempt next(Contact later) {
            return new Attempt(n + 1, merge.onTopOf(later));
        }

        Attempt last(Contact later) {
            return new Attempt(ATTEMPTS, merge.onTopOf(later));
        }
    }

    /** What became of an attempt. */
    private sealed interface Outcome {

        /** What it means for the caller when no attempt follows. */
        Assignment assignment();
    }

    /** A read shows the change. */
    private record Applied(TagMerge merge, Contact later) implements Outcome {

        @Override
        public Assignment assignment() {
            return Assignment.of(later, merge.add(), merge.remove());
        }
    }

    /** Another writer has replaced what was written. */
    private record Undone(Attempt attempt, Contact later) implements Outcome {

        @Override
        public Assignment assignment() {
            return new Assignment(later, List.of(), List.of(), null, true);
        }
    }

    /** The write or the read after it failed. */
    private record Unknown(Attempt attempt, SourceException failure) implements Outcome {

        boolean isLost() {
            return failure.reason() == FailureReason.TIMEOUT || failure.reason() == FailureReason.UNAVAILABLE;
        }

        @Override
        public Assignment assignment() {
            return new Assignment(attempt.merge().contact(), List.of(), List.of(), failure, false);
        }
    }
}
