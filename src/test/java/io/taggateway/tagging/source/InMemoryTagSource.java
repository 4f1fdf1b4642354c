package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tag.TagDetails;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagDraft;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The in-memory tags of a vendor. */
public final class InMemoryTagSource implements TagSource {

    private final Vendor vendor;
    private final Clock clock;
    private final InMemoryFailure failure;
    private volatile List<Tag> tags = List.of();
    private volatile Mono<Void> delay = Mono.empty();
    private volatile @Nullable TagList fixed;
    private int lastId;

    public InMemoryTagSource(Vendor vendor, Clock clock) {
        this.vendor = vendor;
        this.clock = clock;
        this.failure = new InMemoryFailure(vendor);
    }

    public InMemoryTagSource with(Tag... all) {
        tags = List.of(all);
        return this;
    }

    /** Makes every request from now on wait for an event. */
    public void delayUntil(Mono<Void> event) {
        delay = event;
    }

    /** Makes every request from now on fail; with null, succeed again. */
    public void fail(@Nullable FailureReason reason) {
        failure.set(reason);
    }

    /** Makes every list request from now on return this list after an event; with null, the current tags. */
    public void answerWith(@Nullable TagList list, Mono<Void> event) {
        fixed = list;
        delay = event;
    }

    /** The number of requests so far. */
    public int requests() {
        return failure.requests();
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public Mono<TagList> list() {
        return failure.orElse(Mono.defer(() -> {
            TagList list = fixed;
            return delay.then(Mono.fromSupplier(() -> list == null ? TagList.of(tags, clock.instant()) : list));
        }));
    }

    @Override
    public Mono<Tag> find(String remoteId) {
        return failure.orEmpty(Mono.defer(() -> delay.then(Mono.justOrEmpty(
                tags.stream().filter(tag -> tag.remoteId().equals(remoteId)).findFirst()))));
    }

    @Override
    public Mono<Tag> create(TagDraft draft) {
        return failure.orElse(Mono.defer(() -> delay.then(Mono.fromCallable(() -> add(draft)))));
    }

    @Override
    public Mono<Tag> update(Tag tag, TagChange change) {
        return failure.orElse(Mono.defer(() -> delay.then(Mono.fromCallable(() -> change(tag, change)))));
    }

    @Override
    public Mono<Void> delete(Tag tag) {
        return failure.orEmpty(Mono.defer(() -> delay.then(Mono.fromRunnable(() -> remove(tag)))));
    }

    @Override
    public Color storedColor(String hex) {
        return Color.read(hex);
    }

    private synchronized Tag add(TagDraft draft) {
        if (tags.stream().anyMatch(tag -> tag.name().equals(draft.name()))) {
            throw SourceException.of(vendor, FailureReason.CONFLICT);
        }
        lastId++;
        Tag tag = tag("new-" + lastId, draft.name(), draft.hex(), draft.description());
        tags = Stream.concat(tags.stream(), Stream.of(tag)).toList();
        return tag;
    }

    private synchronized Tag change(Tag tag, TagChange change) {
        Tag old = tags.stream()
                .filter(one -> one.id().equals(tag.id()))
                .findFirst()
                .orElseThrow(() -> SourceException.of(vendor, FailureReason.NOT_FOUND));
        String description = change.description() == null ? old.description() : change.description();
        Tag changed = tag(
                old.remoteId(),
                Objects.requireNonNullElse(change.name(), old.name()),
                Objects.requireNonNullElse(change.hex(), old.color().hex()),
                description == null || description.isEmpty() ? null : description);
        tags = tags.stream()
                .map(one -> one.id().equals(tag.id()) ? changed : one)
                .toList();
        return changed;
    }

    private synchronized void remove(Tag tag) {
        tags = tags.stream().filter(one -> !one.id().equals(tag.id())).toList();
    }

    private Tag tag(String id, String name, @Nullable String hex, @Nullable String description) {
        return Tag.of(vendor, id, name, null, Color.read(hex), new TagDetails(description, true, Map.of()));
    }
}
