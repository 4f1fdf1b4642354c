package io.taggateway.tagging.source;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one vendor at one time, with an index by id: all that could be read, and whether that is all there are.
 */
public final class TagList {

    private final List<Tag> tags;
    private final Map<String, Tag> byId;
    private final Instant fetchedAt;
    private final boolean complete;
    private final @Nullable SourceException staleBecause;

    private TagList(
            Map<String, Tag> byId, Instant fetchedAt, boolean complete, @Nullable SourceException staleBecause) {
        this.tags = List.copyOf(byId.values());
        this.byId = byId;
        this.fetchedAt = fetchedAt;
        this.complete = complete;
        this.staleBecause = staleBecause;
    }

    /** A list as the vendor gave it at a time; of tags with the same id the first counts. */
    public static TagList of(List<Tag> tags, Instant fetchedAt) {
        Map<String, Tag> byId = new LinkedHashMap<>();
        tags.forEach(tag -> byId.putIfAbsent(tag.remoteId(), tag));
        return new TagList(byId, fetchedAt, true, null);
    }

    /** This list, older than its time to live as the vendor could not be asked. */
    public TagList staleBecause(SourceException failure) {
        return new TagList(byId, fetchedAt, complete, failure);
    }

    /** This list, of which the vendor has left something out or unreadable: what is not in it may be there. */
    public TagList incomplete() {
        return new TagList(byId, fetchedAt, false, staleBecause);
    }

    /** This list with a tag in it, in the place of one with the same id. */
    public TagList with(Tag tag) {
        return withAll(List.of(tag));
    }

    /** This list with some tags in it, in the place of those with the same ids. */
    public TagList withAll(List<Tag> others) {
        Map<String, Tag> changed = new LinkedHashMap<>(byId);
        others.forEach(tag -> changed.put(tag.remoteId(), tag));
        return new TagList(changed, fetchedAt, complete, staleBecause);
    }

    /** This list without a tag. */
    public TagList without(Tag tag) {
        Map<String, Tag> changed = new LinkedHashMap<>(byId);
        changed.remove(tag.remoteId());
        return new TagList(changed, fetchedAt, complete, staleBecause);
    }

    public List<Tag> tags() {
        return tags;
    }

    /** The tag of an id; null where there is none. */
    public @Nullable Tag find(String remoteId) {
        return byId.get(remoteId);
    }

    /** Whether what is not in this list is not there. */
    public boolean isComplete() {
        return complete;
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
