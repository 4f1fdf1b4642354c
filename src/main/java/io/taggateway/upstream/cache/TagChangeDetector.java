package io.taggateway.upstream.cache;

import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.feed.TagEvent;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.TagList;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes each change of a vendor's tags once, whether a write or a read shows it first. */
final class TagChangeDetector implements TagListListener {

    private final ChangeFeed feed;
    private final Clock clock;

    TagChangeDetector(ChangeFeed feed, Clock clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /** There is nothing to compare the first complete list with. */
    @Override
    public void changed(TagListState before, TagListState after) {
        TagList known = before.known();
        TagList now = after.known();
        if (known != now && (known.isComplete() || !now.isComplete())) {
            publishDifferences(known, now);
        }
    }

    private void publishDifferences(TagList before, TagList after) {
        Instant at = clock.instant();
        List<TagEvent> events = new ArrayList<>();
        for (Tag old : before.tags()) {
            add(events, TagEvent.between(old, after.find(old.remoteId()), at));
        }
        for (Tag tag : after.tags()) {
            if (before.find(tag.remoteId()) == null) {
                add(events, TagEvent.between(null, tag, at));
            }
        }
        feed.publish(events);
    }

    private static void add(List<TagEvent> events, @Nullable TagEvent event) {
        if (event != null) {
            events.add(event);
        }
    }
}
