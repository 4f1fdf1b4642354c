package io.taggateway.tagging.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tags by name and by slug. They are sorted once: merging the tags of several vendors takes linear time, and the last
 * merge is cached.
 */
public final class SortedTagList {

    /** No tags. */
    public static final SortedTagList NONE = new SortedTagList(List.of());

    private final List<SortedTag> byName;
    private volatile @Nullable Map<String, List<SortedTag>> bySlug;
    private volatile @Nullable Merge lastMerge;

    private SortedTagList(List<SortedTag> byName) {
        this.byName = Collections.unmodifiableList(byName);
    }

    /** Sorts tags. */
    public static SortedTagList of(Collection<Tag> tags) {
        return new SortedTagList(tags.stream().map(SortedTag::of).sorted().toList());
    }

    /** All tags by name, then vendor, then id. */
    public List<SortedTag> byName() {
        return byName;
    }

    /** The tags of each slug, in the order of all tags. */
    public Map<String, List<SortedTag>> bySlug() {
        Map<String, List<SortedTag>> known = bySlug;
        if (known == null) {
            Map<String, List<SortedTag>> index = new LinkedHashMap<>();
            byName.forEach(tag -> index.computeIfAbsent(tag.tag().slug(), slug -> new ArrayList<>())
                    .add(tag));
            known = Collections.unmodifiableMap(index);
            bySlug = known;
        }
        return known;
    }

    /** The tags of a slug; empty if there are none. */
    public List<Tag> bySlug(String slug) {
        return bySlug().getOrDefault(slug, List.of()).stream()
                .map(SortedTag::tag)
                .toList();
    }

    /** These tags together with those of another vendor. */
    public SortedTagList and(SortedTagList other) {
        if (other.byName.isEmpty()) {
            return this;
        }
        if (byName.isEmpty()) {
            return other;
        }
        Merge last = lastMerge;
        if (last == null || last.other != other) {
            last = new Merge(other, new SortedTagList(merge(byName, other.byName)));
            lastMerge = last;
        }
        return last.merged;
    }

    private static List<SortedTag> merge(List<SortedTag> some, List<SortedTag> others) {
        List<SortedTag> merged = new ArrayList<>(some.size() + others.size());
        int at = 0;
        for (SortedTag other : others) {
            while (at < some.size() && some.get(at).compareTo(other) <= 0) {
                merged.add(some.get(at));
                at++;
            }
            merged.add(other);
        }
        merged.addAll(some.subList(at, some.size()));
        return merged;
    }

    private record Merge(SortedTagList other, SortedTagList merged) {}
}
