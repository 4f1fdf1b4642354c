package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.Assignment;
import io.taggateway.tagging.source.TagAssignments;
import io.taggateway.tagging.source.TagSetChange;
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
                            .flatMap(contact -> keys(contact, change, new TagKeys(list))
                                    .map(keys -> TagMerge.of(contact, change, keys)));
                    return dryRun
                            ? merge.map(SwipeOneTagAssignments::done)
                            : lock.hold(id, merge.flatMap(first -> write(first, 1)));
                }));
    }

    /**
     * What is to be removed as it was not named has to be told, so a tag that is too new for the held list is looked
     * up.
     */
    private Mono<TagKeys> keys(Contact contact, TagSetChange change, TagKeys held) {
        boolean known = SwipeOneMapper.keys(contact).stream().allMatch(text -> held.tag(text) != null);
        return known || !change.exact() ? Mono.just(held) : tags.listAfresh().map(TagKeys::new);
    }

    /** A contact that was listed without its id has one all the same. */
    private Mono<String> id(String remoteId) {
        return remoteId.startsWith(SwipeOneMapper.EMAIL_ID)
                ? contacts.find(remoteId).map(Contact::remoteId).filter(id -> !id.startsWith(SwipeOneMapper.EMAIL_ID))
                : Mono.just(remoteId);
    }

    private Mono<Assignment> write(TagMerge merge, int attempt) {
        if (!merge.changes()) {
            return Mono.just(done(merge));
        }
        UpstreamRequest request = UpstreamRequest.write(
                HttpMethod.POST,
                "replaceContactTags",
                Map.of("tags", merge.keys()),
                "/contacts/{id}/tags",
                merge.contact().remoteId());
        return client.write(request, "contact")
                .then(verify(merge))
                .flatMap(later -> merge.isIn(later)
                        ? Mono.just(Assignment.of(later, merge.add(), merge.remove()))
                        : again(merge.onTopOf(later), attempt, null))
                .onErrorResume(SourceException.class, failure -> recover(merge, attempt, failure));
    }

    /** A write whose answer was lost may have been done, and is safe to repeat. */
    private Mono<Assignment> recover(TagMerge merge, int attempt, SourceException failure) {
        boolean lost = failure.reason() == FailureReason.TIMEOUT || failure.reason() == FailureReason.UNAVAILABLE;
        return lost && attempt == 1
                ? contacts.findAfresh(merge.contact().remoteId())
                        .flatMap(later -> again(merge.onTopOf(later), ATTEMPTS - 1, failure))
                        .onErrorResume(SourceException.class, again -> Mono.just(failed(merge, failure)))
                : Mono.just(failed(merge, failure));
    }

    private Mono<Assignment> again(TagMerge merge, int attempt, @Nullable SourceException failure) {
        if (merge.isIn(merge.contact())) {
            return Mono.just(Assignment.of(merge.contact(), merge.add(), merge.remove()));
        }
        return attempt < ATTEMPTS
                ? write(merge, attempt + 1)
                : Mono.just(new Assignment(merge.contact(), List.of(), List.of(), failure, failure == null));
    }

    /** The contact as soon as it shows what was written, or as it is when patience is at an end. */
    private Mono<Contact> verify(TagMerge merge) {
        return Flux.fromIterable(PATIENCE)
                .concatMap(
                        wait -> Mono.delay(wait)
                                .then(contacts.findAfresh(merge.contact().remoteId())),
                        1)
                .takeUntil(merge::isIn)
                .last(merge.contact());
    }

    private static Assignment done(TagMerge merge) {
        return Assignment.of(merge.contact().withTags(merge.keys()), merge.add(), merge.remove());
    }

    private static Assignment failed(TagMerge merge, SourceException failure) {
        return new Assignment(merge.contact(), List.of(), List.of(), failure, false);
    }
}
