package io.taggateway.tagging.source;

import io.taggateway.tagging.model.FailureReason;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import java.time.Clock;
import java.util.List;
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
    public @Nullable TagList held(Tenant tenant) {
        return null;
    }
}
