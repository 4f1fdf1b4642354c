package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.operation.OperationContext;
import io.taggateway.tagging.operation.WriteVerification;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagAssignments.Assignment;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import io.taggateway.tagging.source.TagSource;
import io.taggateway.upstream.cache.ReplacedValues;
import io.taggateway.upstream.guard.KeyedLock;
import io.taggateway.upstream.guard.Lease;
import io.taggateway.upstream.http.UpstreamRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * The tags on Swipe One's contacts. One request replaces a contact's whole set, without a version. So a contact is
 * read, merged, written and read again, one change of a contact at a time. A change that another writer has undone is
 * repeated on top of that writer's set.
 */
final class SwipeOneTagAssignments implements TagAssignments {

    private static final int ATTEMPTS = 4;

    private final SwipeOneClient client;
    private final SwipeOneContactReader contacts;
    private final TagSource tags;
    private final KeyedLock lock;
    private final ReplacedValues<Set<String>> replaced;

    SwipeOneTagAssignments(
            SwipeOneClient client, SwipeOneContactSource contacts, TagSource tags, KeyedLock lock, Clock clock) {
        this.client = client;
        this.contacts = contacts.reader();
        this.tags = tags;
        this.lock = lock;
        this.replaced = new ReplacedValues<>(clock);
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
        return contacts.idOf(remoteId)
                .flatMap(id -> dryRun ? merge(id, change).map(SwipeOneTagAssignments::done) : serialized(id, change));
    }

    /** A contact that was merged into another one is locked and read by the other id. */
    private Mono<Assignment> serialized(String id, TagSetChange change) {
        return lock.hold(
                        id,
                        merge(id, change)
                                .flatMap(merge -> merge.contact().remoteId().equals(id)
                                        ? begun(merge).map(Mono::just)
                                        : Mono.just(merged(merge.contact().remoteId(), change))))
                .flatMap(assignment -> assignment);
    }

    private Mono<Assignment> merged(String id, TagSetChange change) {
        return lock.hold(id, merge(id, change).flatMap(this::begun));
    }

    /** The change merged into the contact's current tags; fails if these are unknown. */
    private Mono<TagMerge> merge(String id, TagSetChange change) {
        return current(id).flatMap(contact -> keys(contact, change).map(keys -> TagMerge.of(contact, change, keys)));
    }

    /**
     * The contact, which is read again if it shows a set that an earlier write has replaced: a set merged from it would
     * undo that write.
     */
    private Mono<Contact> current(String id) {
        Mono<Contact> read = Mono.defer(() -> contacts.findUncached(id));
        return read.flatMap(contact -> isReplaced(contact)
                ? WriteVerification.DEFAULT.read(read, later -> !isReplaced(later))
                : Mono.just(contact));
    }

    /**
     * A tag that is not in the request is removed, and the result contains it. So a tag that is newer than the list is
     * looked up.
     */
    private Mono<TagMerge.TagKeyIndex> keys(Contact contact, TagSetChange change) {
        return tags.list().map(list -> new TagMerge.TagKeyIndex(list, change)).flatMap(held -> {
            boolean known = SwipeOneMapper.keys(contact).stream().allMatch(text -> held.tag(text) != null);
            return known || !change.exact()
                    ? Mono.just(held)
                    : tags.reloadList().map(list -> new TagMerge.TagKeyIndex(list, change));
        });
    }

    /** A write is verified even if its caller disconnects, as only a read shows the resulting set. */
    private Mono<Assignment> begun(TagMerge merge) {
        return merge.changes()
                ? OperationContext.withoutCancellation(write(new Attempt(1, merge, false)))
                : Mono.just(done(merge));
    }

    /** Posts until a read shows the change, each time based on the last read. */
    private Mono<Assignment> write(Attempt attempt) {
        TagMerge merge = attempt.merge;
        UpstreamRequest request = UpstreamRequest.write(
                HttpMethod.POST,
                "replaceContactTags",
                Map.of("tags", merge.texts()),
                "/contacts/{id}/tags",
                merge.contact().remoteId());
        Mono<Object> outcome = Lease.confirm()
                .then(client.write(request, "contact"))
                .then(verify(merge))
                .<Object>map(later -> later)
                .switchIfEmpty(Mono.error(() -> SourceException.of(vendor(), FailureReason.NOT_FOUND)))
                .onErrorResume(SourceException.class, Mono::just);
        return outcome.flatMap(known -> known instanceof SourceException failure
                ? unknown(attempt, failure)
                : judged(attempt, (Contact) known));
    }

    /**
     * A missing change is repeated if another writer was detected, and once if no read shows it, as with a long lag.
     * Otherwise the vendor has refused it.
     */
    private Mono<Assignment> judged(Attempt attempt, Contact later) {
        TagMerge merge = attempt.merge;
        if (merge.isIn(later)) {
            replaced.add(later.remoteId(), SwipeOneMapper.keySet(merge.contact()), SwipeOneMapper.keySet(later));
            return Mono.just(Assignment.of(later, merge.added(later), merge.removed(later)));
        }
        boolean others = attempt.others || merge.showsAnother(later);
        boolean unseen = attempt.n == 1 && merge.isWithout(later);
        if ((others && attempt.n < ATTEMPTS) || unseen) {
            return write(new Attempt(attempt.n + 1, merge.onTopOf(later), others));
        }
        List<Tag> refused = others ? List.of() : merge.refused(later);
        return Mono.just(
                new Assignment(later, merge.added(later), merge.removed(later), null, refused.isEmpty(), refused));
    }

    /**
     * A write whose response was lost may have been applied. A read shows whether it was; if not, it is repeated once.
     */
    private Mono<Assignment> unknown(Attempt attempt, SourceException failure) {
        TagMerge merge = attempt.merge;
        Mono<Assignment> failed = Mono.just(Assignment.failed(merge.contact(), failure));
        return attempt.n > 1 || !failure.responseLost()
                ? failed
                : current(merge.contact().remoteId())
                        .flatMap(later -> merge.isIn(later)
                                ? judged(attempt, later)
                                : write(new Attempt(ATTEMPTS, merge.onTopOf(later), merge.showsAnother(later))))
                        .onErrorResume(SourceException.class, again -> failed)
                        .switchIfEmpty(failed);
    }

    /** Whether a contact was read with a set that this gateway has replaced. */
    private boolean isReplaced(Contact read) {
        return replaced.contains(read.remoteId(), SwipeOneMapper.keySet(read));
    }

    private Mono<Contact> verify(TagMerge merge) {
        String id = merge.contact().remoteId();
        return WriteVerification.DEFAULT.read(Mono.defer(() -> contacts.findUncached(id)), merge::isIn);
    }

    private static Assignment done(TagMerge merge) {
        return Assignment.of(
                merge.contact().withTags(merge.texts()),
                merge.delta().add(),
                merge.delta().remove());
    }

    /**
     * One attempt to write a change, based on the contact as just read.
     *
     * @param others whether another writer was detected
     */
    private record Attempt(int n, TagMerge merge, boolean others) {}
}
