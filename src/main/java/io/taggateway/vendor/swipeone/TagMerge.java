package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Contact;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.TagAssignments.TagSetChange;
import io.taggateway.tagging.source.TagList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A change of a contact's tags on top of the tags that it has. Texts that the tag list does not know are kept, unless
 * the change is to leave nothing else.
 *
 * @param contact as it was read
 * @param keys the whole set to write
 * @param add of the change's tags, those that are not there
 * @param remove tags that are there and are not to be
 * @param drop of the contact's texts, those that are not to stay
 */
record TagMerge(Contact contact, List<String> keys, List<Tag> add, List<Tag> remove, Set<String> drop) {

    static TagMerge of(Contact contact, TagSetChange change, Keys known) {
        List<String> before = SwipeOneMapper.keys(contact);
        Set<String> named = ids(change.exact() ? change.add() : change.remove());
        Set<String> present = new LinkedHashSet<>();
        Set<String> drop = new LinkedHashSet<>();
        List<Tag> remove = new ArrayList<>();
        for (String text : before) {
            Tag tag = known.tag(text);
            boolean kept = (tag != null && named.contains(tag.remoteId())) == change.exact();
            if (!kept) {
                drop.add(text);
            }
            if (tag != null && !kept && !remove.contains(tag)) {
                remove.add(tag);
            }
            if (tag != null) {
                present.add(tag.remoteId());
            }
        }
        List<Tag> add = absent(change.add(), present);
        Set<String> keys = new LinkedHashSet<>(before);
        keys.removeAll(drop);
        add.forEach(tag -> keys.add(Keys.key(tag)));
        return new TagMerge(contact, List.copyOf(keys), add, remove, drop);
    }

    private static List<Tag> absent(List<Tag> tags, Set<String> present) {
        return tags.stream()
                .filter(tag -> !present.contains(tag.remoteId()))
                .distinct()
                .toList();
    }

    /** Whether there is anything to write. */
    boolean changes() {
        return !add.isEmpty() || !drop.isEmpty();
    }

    /** Whether a contact that was read after this was written shows it, whatever others have added. */
    boolean isIn(Contact later) {
        Set<String> texts = Set.copyOf(SwipeOneMapper.keys(later));
        return drop.stream().noneMatch(texts::contains)
                && add.stream().allMatch(tag -> texts.contains(Keys.key(tag)) || texts.contains(tag.name()));
    }

    /** The same additions and removals on top of the tags that the contact has later. */
    TagMerge onTopOf(Contact later) {
        Set<String> merged = new LinkedHashSet<>(SwipeOneMapper.keys(later));
        merged.removeAll(drop);
        add.forEach(tag -> merged.add(Keys.key(tag)));
        return new TagMerge(later, List.copyOf(merged), add, remove, drop);
    }

    private static Set<String> ids(List<Tag> tags) {
        return tags.stream().map(Tag::remoteId).collect(Collectors.toSet());
    }

    /** What contacts call their tags: the frozen name, and as it has been seen elsewhere perhaps the label. */
    static final class Keys {

        private final Map<String, Tag> byKey = new HashMap<>();

        Keys(TagList list) {
            list.tags().forEach(tag -> byKey.putIfAbsent(tag.remoteId(), tag));
            list.tags().forEach(tag -> byKey.putIfAbsent(tag.name(), tag));
            list.tags().forEach(tag -> byKey.put(key(tag), tag));
        }

        /** The tag with the text of a contact; null if the list does not have it. */
        @Nullable
        Tag tag(String text) {
            return byKey.get(text);
        }

        /** What to send for a tag. */
        static String key(Tag tag) {
            return Objects.requireNonNullElse(tag.remoteKey(), tag.name());
        }
    }
}
