package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.Collation;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceStatus;
import io.taggateway.tagging.source.TagList;
import java.text.CollationKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tags of all vendors that could be asked, in order and by slug, with what became of each vendor. */
public final class TagCatalog {

    private final Map<Vendor, TagList> lists;
    private final List<SourceOutcome> outcomes;
    private final List<Tag> byName;
    private final Map<String, List<Tag>> bySlug = new LinkedHashMap<>();

    private TagCatalog(Map<Vendor, TagList> lists, List<SourceOutcome> outcomes) {
        this.lists = lists;
        this.outcomes = outcomes;
        this.byName = sort(lists);
        byName.forEach(tag ->
                bySlug.computeIfAbsent(tag.slug(), slug -> new ArrayList<>()).add(tag));
    }

    /** The catalog of what the vendors answered, each a list or an outcome without one. */
    public static TagCatalog of(List<TagAnswer> answers) {
        Map<Vendor, TagList> lists = new EnumMap<>(Vendor.class);
        for (TagAnswer answer : answers) {
            if (answer.list() != null) {
                lists.put(answer.outcome().vendor(), answer.list());
            }
        }
        return new TagCatalog(lists, answers.stream().map(TagAnswer::outcome).toList());
    }

    /** Whether this catalog is made of exactly these answers. */
    public boolean isOf(List<TagAnswer> answers) {
        return outcomes.equals(answers.stream().map(TagAnswer::outcome).toList())
                && answers.stream()
                        .allMatch(answer -> lists.get(answer.outcome().vendor()) == answer.list());
    }

    /** All tags by name, then vendor, then id. */
    public List<Tag> byName() {
        return byName;
    }

    /** The tags of each slug, in the order of all tags. */
    public Map<String, List<Tag>> bySlug() {
        return bySlug;
    }

    /** The tags of a slug; empty where there are none. */
    public List<Tag> bySlug(String slug) {
        return bySlug.getOrDefault(slug, List.of());
    }

    /** The list of a vendor; null where it gave none. */
    @Nullable
    public TagList list(Vendor vendor) {
        return lists.get(vendor);
    }

    public List<SourceOutcome> outcomes() {
        return outcomes;
    }

    /** The vendors with an outcome. */
    public List<Vendor> vendors(SourceStatus status) {
        return outcomes.stream()
                .filter(outcome -> outcome.status() == status)
                .map(SourceOutcome::vendor)
                .toList();
    }

    /** A tag with the key that its name is sorted by. */
    private record Keyed(CollationKey name, Tag tag) {}

    private static List<Tag> sort(Map<Vendor, TagList> lists) {
        return lists.values().stream()
                .flatMap(list -> list.tags().stream())
                .map(tag -> new Keyed(Collation.key(tag.name()), tag))
                .sorted(Comparator.comparing(Keyed::name)
                        .thenComparing(keyed -> keyed.tag().vendor())
                        .thenComparing(keyed -> keyed.tag().id()))
                .map(Keyed::tag)
                .toList();
    }
}
