package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.model.Vendor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tags of one vendor. Every failure to ask is a {@code SourceException}. */
public interface TagSource {

    Vendor vendor();

    /**
     * All tags, however many pages the vendor needs for them, in no particular order and without doubles; never a part
     * of them. Safe to repeat.
     */
    Mono<TagList> list(Tenant tenant);

    /** One tag by the vendor's id; empty where there is none. Safe to repeat. */
    Mono<Tag> find(Tenant tenant, String remoteId);

    /** The list that could be answered at once, without asking the vendor; null where there is none. */
    @Nullable
    TagList held(Tenant tenant);
}
