package io.taggateway.tagging.source;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All tags of one vendor at one time, with an index by id. */
public final class TagList {

    private final List<Tag> tags;
    private final Map<String, Tag> byId;
    private final Instant fetchedAt;
    private final @Nullable SourceException staleBecause;

    private TagList(List<Tag> tags, Map<String, Tag> byId, Instant fetchedAt, @Nullable SourceException staleBecause) {
        this.tags = tags;
        this.byId = byId;
        this.fetchedAt = fetchedAt;
        this.staleBecause = staleBecause;
    }

    /** A list as the vendor gave it at a time; of tags with the same id the first counts. */
    public static TagList of(List<Tag> tags, Instant fetchedAt) {
        Map<String, Tag> byId = new LinkedHashMap<>();
        tags.forEach(tag -> byId.putIfAbsent(tag.remoteId(), tag));
        return new TagList(List.copyOf(byId.values()), byId, fetchedAt, null);
    }

    /** This list, older than its time to live as the vendor could not be asked. */
    public TagList staleBecause(SourceException failure) {
        return new TagList(tags, byId, fetchedAt, failure);
    }

    /** This list with a tag in it, in the place of one with the same id. */
    public TagList with(Tag tag) {
        Map<String, Tag> changed = new LinkedHashMap<>(byId);
        changed.put(tag.remoteId(), tag);
        return new TagList(List.copyOf(changed.values()), changed, fetchedAt, staleBecause);
    }

    /** This list without a tag. */
    public TagList without(Tag tag) {
        Map<String, Tag> changed = new LinkedHashMap<>(byId);
        changed.remove(tag.remoteId());
        return new TagList(List.copyOf(changed.values()), changed, fetchedAt, staleBecause);
    }

    public List<Tag> tags() {
        return tags;
    }

    /** The tag of an id; null where there is none. */
    public @Nullable Tag find(String remoteId) {
        return byId.get(remoteId);
    }

    /** When the vendor gave this list. */
    public Instant fetchedAt() {
        return fetchedAt;
    }

    /** Why the list is older than its time to live; null where it is not. */
    public @Nullable SourceException staleBecause() {
        return staleBecause;
    }
}
