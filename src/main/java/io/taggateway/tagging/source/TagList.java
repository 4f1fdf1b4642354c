package io.taggateway.tagging.source;

import io.taggateway.tagging.model.SortedTags;
import io.taggateway.tagging.model.Tag;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags of one vendor at one time, by id and by name: all that could be read, and whether that is all there are. */
public final class TagList {

    private final List<Tag> tags;
    private final Map<String, Tag> byId;
    private final Instant fetchedAt;
    private final boolean complete;
    private final long version;

    /** By a name that was sent the tag as the vendor stored it, where that has another name. */
    private final Map<String, Tag> stored;

    private volatile @Nullable SortedTags sorted;

    private TagList(Map<String, Tag> byId, Instant fetchedAt, boolean complete, long version, Map<String, Tag> stored) {
        this.tags = List.copyOf(byId.values());
        this.byId = byId;
        this.fetchedAt = fetchedAt;
        this.complete = complete;
        this.version = version;
        this.stored = stored;
    }

    /** A list as the vendor gave it at a time; of tags with the same id the first counts. */
    public static TagList of(List<Tag> tags, Instant fetchedAt) {
        Map<String, Tag> byId = new LinkedHashMap<>();
        tags.forEach(tag -> byId.putIfAbsent(tag.remoteId(), tag));
        return new TagList(byId, fetchedAt, true, 0, Map.of());
    }

    /** This list, marked as incomplete: a tag that is not in it may exist. */
    public TagList incomplete() {
        return new TagList(byId, fetchedAt, false, version, stored);
    }

    /** This list with the version that its cache gives it. */
    public TagList withVersion(long newVersion) {
        return new TagList(byId, fetchedAt, complete, newVersion, stored);
    }

    /** This list with some tags in it, in the place of those with the same ids. */
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

    /** This list, which knows that a name became another when it was sent with a tag: the last one of each tag. */
    public TagList storing(String name, Tag tag) {
        Map<String, Tag> more = new LinkedHashMap<>(stored);
        more.values().removeIf(other -> other.remoteId().equals(tag.remoteId()));
        more.put(name, tag);
        return new TagList(byId, fetchedAt, complete, version, more);
    }

    /** This list with what another one of the same vendor knows of names, as far as it holds for these tags. */
    public TagList storingAs(TagList other) {
        Map<String, Tag> held = new LinkedHashMap<>(other.stored);
        held.keySet().removeIf(name -> isOutdated(held.get(name)));
        return held.isEmpty() ? this : new TagList(byId, fetchedAt, complete, version, held);
    }

    /** The tags of exactly a name, or else the one that the name became when it was sent. */
    public List<Tag> named(String name) {
        List<Tag> exact = tags.stream().filter(tag -> tag.name().equals(name)).toList();
        Tag became = storedAs(name);
        return exact.isEmpty() && became != null ? List.of(became) : exact;
    }

    /** The tag with which a name was sent that the vendor stored otherwise, as long as it has that; null for none. */
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

    /** The tags by name, sorted when they are first asked for. */
    public SortedTags sorted() {
        SortedTags known = sorted;
        if (known == null) {
            known = SortedTags.of(tags);
            sorted = known;
        }
        return known;
    }

    /** The tag of an id; null if there is none. */
    public @Nullable Tag find(String remoteId) {
        return byId.get(remoteId);
    }

    /** Whether this list has a tag of each of some ids. */
    public boolean hasAll(Collection<String> remoteIds) {
        return byId.keySet().containsAll(remoteIds);
    }

    /** Whether a tag that is not in this list does not exist. */
    public boolean isComplete() {
        return complete;
    }

    /** When the vendor gave this list. */
    public Instant fetchedAt() {
        return fetchedAt;
    }

    /** The version of this list in its cache, higher for later lists; 0 for a list that is not cached. */
    public long version() {
        return version;
    }
}
