package io.taggateway.upstream.cache;

import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.source.TagList;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What listeners know of a vendor's tags, so that each change is told once, whether a write or a read shows it first.
 * It outlives the list in the cache, as a vendor may be away for longer than that may be answered.
 */
final class KnownTags {

    private final Map<Tenant, TagList> known = new ConcurrentHashMap<>();
    private final ChangeFeed feed;
    private final Clock clock;

    KnownTags(ChangeFeed feed, Clock clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * Tags have been read; the first time there is nothing to compare them with. What a list lacks is deleted only
     * where the list is complete.
     */
    void read(Tenant tenant, TagList list) {
        TagList before = known.get(tenant);
        if (list.isComplete()) {
            known.put(tenant, list);
        } else if (before != null) {
            known.put(tenant, before.withAll(list.tags()));
        }
        if (before == null) {
            return;
        }
        List<@Nullable TagEvent> found = new ArrayList<>();
        for (Tag old : before.tags()) {
            Tag now = list.find(old.remoteId());
            if (now != null || list.isComplete()) {
                found.add(event(old, now));
            }
        }
        for (Tag tag : list.tags()) {
            if (before.find(tag.remoteId()) == null) {
                found.add(event(null, tag));
            }
        }
        feed.tell(found.stream().flatMap(Stream::ofNullable).toList());
    }

    /** A tag has been written; what is known of how it was goes before what the writer thought. */
    void written(Tenant tenant, @Nullable Tag before, @Nullable Tag after) {
        Tag tag = after == null ? before : after;
        TagList list = known.get(tenant);
        if (tag == null) {
            return;
        }
        if (list == null) {
            tell(tenant, before, after);
            return;
        }
        known.put(tenant, after == null ? list.without(tag) : list.with(after));
        tell(tenant, list.find(tag.remoteId()), after);
    }

    private void tell(Tenant tenant, @Nullable Tag before, @Nullable Tag after) {
        TagEvent event = event(before, after);
        if (event != null) {
            feed.tell(event);
        }
    }

    private @Nullable TagEvent event(@Nullable Tag before, @Nullable Tag after) {
        return TagEvent.between(before, after, clock.instant());
    }
}
