package io.taggateway.tagging.source;

import io.taggateway.tagging.model.SortedTagList;
import io.taggateway.tagging.model.Tag;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags of one vendor at one time, by id and by name, and whether they are complete. */
public final class TagList {

    private final List<Tag> tags;
    private final Map<String, Tag> byId;
    private final Instant fetchedAt;
    private final boolean complete;
    private final long version;

    /** Tags that the vendor stored with another name than the one sent, by the name that was sent. */
    private final Map<String, Tag> stored;

    private volatile @Nullable SortedTagList sorted;

    private TagList(Map<String, Tag> byId, Instant fetchedAt, boolean complete, long version, Map<String, Tag> stored) {
        this.tags = List.copyOf(byId.values());
        this.byId = byId;
        this.fetchedAt = fetchedAt;
        this.complete = complete;
        this.version = version;
        this.stored = stored;
    }

    /** Creates a list that the vendor returned at a time. Of tags with the same id, the first one counts. */
    public static TagList of(List<Tag> tags, Instant fetchedAt) {
        Map<String, Tag> byId = new LinkedHashMap<>();
        tags.forEach(tag -> byId.putIfAbsent(tag.remoteId(), tag));
        return new TagList(byId, fetchedAt, true, 0, Map.of());
    }

    /** This list, marked as incomplete: tags that are not in it may exist. */
    public TagList incomplete() {
        return new TagList(byId, fetchedAt, false, version, stored);
    }

    /** This list with the version of its cache. */
    public TagList withVersion(long newVersion) {
        return new TagList(byId, fetchedAt, complete, newVersion, stored);
    }

    /** This list with tags added, which replace those with the same ids. */
    public TagList with(List<Tag> others) {
        Map<String, Tag> changed = new LinkedHashMap<>(byId);
        others.forEach(tag -> changed.put(tag.remoteId(), tag));
        return new TagList(changed, fetchedAt, complete, version, stored);
    }

    /** This list without a tag. */
    public TagList without(Tag tag) {
        Map<String, Tag> changed = new LinkedHashMap<>(byId);
        changed.remove(tag.remoteId());
        return new TagList(changed, fetchedAt, complete, version, stored);
    }

    /**
     * This list with a tag that the vendor stored with another name than the one sent. Only the last such name of each
     * tag is recorded.
     */
    public TagList storing(String name, Tag tag) {
        Map<String, Tag> more = new LinkedHashMap<>(stored);
        more.values().removeIf(other -> other.remoteId().equals(tag.remoteId()));
        more.put(name, tag);
        return new TagList(byId, fetchedAt, complete, version, more);
    }

    /**
     * This list with the names that were sent according to another list of the vendor, as far as they are valid for
     * these tags.
     */
    public TagList storingAs(TagList other) {
        Map<String, Tag> held = new LinkedHashMap<>(other.stored);
        held.keySet().removeIf(name -> isOutdated(held.get(name)));
        return held.isEmpty() ? this : new TagList(byId, fetchedAt, complete, version, held);
    }

    /** The tags with exactly a name, or else the tag that was stored with another name when this name was sent. */
    public List<Tag> named(String name) {
        List<Tag> exact = tags.stream().filter(tag -> tag.name().equals(name)).toList();
        Tag became = storedAs(name);
        return exact.isEmpty() && became != null ? List.of(became) : exact;
    }

    /**
     * The tag that the vendor stored with another name when this name was sent, unless it was renamed since; null if
     * there is none.
     */
    public @Nullable Tag storedAs(String name) {
        Tag tag = stored.get(name);
        return tag == null || isOutdated(tag) ? null : byId.get(tag.remoteId());
    }

    private boolean isOutdated(@Nullable Tag tag) {
        Tag now = tag == null ? null : byId.get(tag.remoteId());
        return tag == null || now == null || !now.name().equals(tag.name());
    }

    public List<Tag> tags() {
        return tags;
    }

    /** The tags by name, sorted at the first call. */
    public SortedTagList sorted() {
        SortedTagList known = sorted;
        if (known == null) {
            known = SortedTagList.of(tags);
            sorted = known;
        }
        return known;
    }

    /** The tag with an id; null if there is none. */
    public @Nullable Tag find(String remoteId) {
        return byId.get(remoteId);
    }

    /** Whether another list has the same tags, with the same names, colors and descriptions. */
    public boolean hasSameTags(TagList other) {
        return byId.equals(other.byId);
    }

    /** Whether this list has the tags with all of some ids. */
    public boolean hasAll(Collection<String> remoteIds) {
        return byId.keySet().containsAll(remoteIds);
    }

    /** Whether this list contains all tags of the vendor. */
    public boolean isComplete() {
        return complete;
    }

    /** When the vendor returned this list. */
    public Instant fetchedAt() {
        return fetchedAt;
    }

    /** The version of this list in its cache, higher for later lists; 0 for a list that is not cached. */
    public long version() {
        return version;
    }
}
