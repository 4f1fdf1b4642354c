package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagDetails;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A vendor's tags, kept in memory. */
public final class InMemoryTagSource implements TagSource {

    private final Vendor vendor;
    private final Clock clock;
    private final InMemoryFailure failure;
    private volatile List<Tag> tags = List.of();
    private volatile Mono<Void> delay = Mono.empty();

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

    /** How many requests there have been. */
    public int requests() {
        return failure.requests();
    }

    @Override
    public Vendor vendor() {
        return vendor;
    }

    @Override
    public Mono<TagList> list(Tenant tenant) {
        return failure.orElse(Mono.defer(() -> delay.then(Mono.fromSupplier(() -> TagList.of(tags, clock.instant())))));
    }

    @Override
    public Mono<Tag> find(Tenant tenant, String remoteId) {
        return failure.orEmpty(Mono.defer(() -> delay.then(Mono.justOrEmpty(
                tags.stream().filter(tag -> tag.remoteId().equals(remoteId)).findFirst()))));
    }

    @Override
    public Mono<Tag> create(Tenant tenant, TagDraft draft) {
        return failure.orElse(Mono.fromSupplier(() -> {
            Tag tag = Tag.of(
                    vendor,
                    Integer.toString(1000 + tags.size()),
                    draft.name(),
                    null,
                    Color.read(draft.hex()),
                    new TagDetails(draft.description(), true, Map.of()));
            tags = Stream.concat(tags.stream(), Stream.of(tag)).toList();
            return tag;
        }));
    }

    @Override
    public Mono<Tag> update(Tenant tenant, Tag tag, TagChange change) {
        return failure.orElse(Mono.fromSupplier(() -> {
            Tag changed = Tag.of(
                    vendor,
                    tag.remoteId(),
                    Objects.requireNonNullElse(change.name(), tag.name()),
                    tag.remoteKey(),
                    change.hex() == null ? tag.color() : Color.read(change.hex()),
                    new TagDetails(
                            change.description() == null ? tag.description() : change.description(), true, Map.of()));
            tags = tags.stream()
                    .map(other -> other.remoteId().equals(tag.remoteId()) ? changed : other)
                    .toList();
            return changed;
        }));
    }

    @Override
    public Mono<Void> delete(Tenant tenant, Tag tag) {
        return failure.orEmpty(Mono.fromRunnable(() -> tags = tags.stream()
                .filter(other -> !other.remoteId().equals(tag.remoteId()))
                .toList()));
    }

    @Override
    public String held(String hex) {
        return hex;
    }

    @Override
    public @Nullable TagList held(Tenant tenant) {
        return null;
    }
}
