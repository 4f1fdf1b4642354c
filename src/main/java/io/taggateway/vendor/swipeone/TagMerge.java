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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of a contact's tags, merged into its current tags. Keys that the tag list lacks are kept, unless the change
 * removes all other tags.
 *
 * @param contact the contact as read
 * @param delta the additions and removals compared with the first read
 * @param keys the tags of the keys
 */
record TagMerge(Contact contact, Delta delta, TagKeyIndex keys) {

    static TagMerge of(Contact contact, TagSetChange change, TagKeyIndex keys) {
        Set<String> present = keys.ids(contact);
        Set<String> named = ids(change.exact() ? change.add() : change.remove());
        Map<String, Tag> remove = new HashMap<>();
        Set<String> drop = new LinkedHashSet<>();
        for (String text : SwipeOneMapper.keys(contact)) {
            Tag tag = keys.tag(text);
            if (tag == null ? change.exact() : named.contains(tag.remoteId()) != change.exact()) {
                drop.add(keys.id(text));
                if (tag != null) {
                    remove.putIfAbsent(tag.remoteId(), tag);
                }
            }
        }
        List<Tag> add = change.add().stream()
                .filter(tag -> !present.contains(tag.remoteId()))
                .distinct()
                .toList();
        List<Tag> removed =
                drop.stream().flatMap(id -> Stream.ofNullable(remove.get(id))).toList();
        return new TagMerge(contact, new Delta(add, removed, drop), keys);
    }

    /** Whether there is anything to write. */
    boolean changes() {
        return !delta.add.isEmpty() || !delta.drop.isEmpty();
    }

    /** The complete set to write. */
    List<String> texts() {
        Set<String> present = keys.ids(contact);
        Stream<String> kept = SwipeOneMapper.keys(contact).stream().filter(text -> !delta.drop.contains(keys.id(text)));
        Stream<String> added = delta.add.stream()
                .filter(tag -> !present.contains(tag.remoteId()))
                .map(TagKeyIndex::key);
        return Stream.concat(kept, added).distinct().toList();
    }

    /** Whether a later read of the contact shows this change, whatever others have added. */
    boolean isIn(Contact later) {
        return refused(later).isEmpty() && keys.ids(later).stream().noneMatch(delta.drop::contains);
    }

    /** Whether a later read of the contact shows the state before this change. */
    boolean isWithout(Contact later) {
        return keys.ids(later).equals(keys.ids(contact));
    }

    /** Whether a later read of the contact shows a change that only another writer can have made. */
    boolean showsAnother(Contact later) {
        Set<String> before = keys.ids(contact);
        Set<String> written = keys.ids(contact.withTags(texts()));
        Set<String> now = keys.ids(later);
        return now.stream().anyMatch(id -> !before.contains(id) && !written.contains(id))
                || before.stream().anyMatch(id -> written.contains(id) && !now.contains(id));
    }

    /** Of the tags to be added, those that are on the contact. */
    List<Tag> added(Contact later) {
        return only(delta.add, keys.ids(later), true);
    }

    /** Of the tags to be removed, those that are not on the contact. */
    List<Tag> removed(Contact later) {
        return only(delta.remove, keys.ids(later), false);
    }

    /** The tags for which the contact does not show the change. */
    List<Tag> refused(Contact later) {
        Set<String> ids = keys.ids(later);
        return Stream.concat(only(delta.add, ids, false).stream(), only(delta.remove, ids, true).stream())
                .toList();
    }

    /** The same additions and removals, merged into the contact's later tags. */
    TagMerge onTopOf(Contact later) {
        return new TagMerge(later, delta, keys);
    }

    private static List<Tag> only(List<Tag> tags, Set<String> ids, boolean in) {
        return tags.stream().filter(tag -> ids.contains(tag.remoteId()) == in).toList();
    }

    private static Set<String> ids(List<Tag> tags) {
        return tags.stream().map(Tag::remoteId).collect(Collectors.toSet());
    }

    /**
     * The changes.
     *
     * @param remove the known tags to remove
     * @param drop the ids of tags to remove, and keys without a tag
     */
    record Delta(List<Tag> add, List<Tag> remove, Set<String> drop) {}

    /** Maps the keys in contacts to tags: a key is the tag's frozen name or, according to some examples, its label. */
    static final class TagKeyIndex {

        private final Map<String, Tag> byKey = new HashMap<>();

        /** The keys of the tags of a list, and of those that a change names, which may be newer than the list. */
        TagKeyIndex(TagList list, TagSetChange change) {
            List<Tag> tags = new ArrayList<>(list.tags());
            tags.addAll(change.add());
            tags.addAll(change.remove());
            tags.forEach(tag -> byKey.putIfAbsent(tag.remoteId(), tag));
            tags.forEach(tag -> byKey.putIfAbsent(tag.name(), tag));
            tags.forEach(tag -> byKey.put(key(tag), tag));
        }

        /** The tag of a contact's key; null if the list does not have it. */
        @Nullable
        Tag tag(String text) {
            return byKey.get(text);
        }

        /** The id of a key's tag, or else the key. */
        private String id(String text) {
            Tag tag = byKey.get(text);
            return tag == null ? text : tag.remoteId();
        }

        private Set<String> ids(Contact contact) {
            return SwipeOneMapper.keys(contact).stream().map(this::id).collect(Collectors.toSet());
        }

        /** The key to send for a tag. */
        static String key(Tag tag) {
            return Objects.requireNonNullElse(tag.remoteKey(), tag.name());
        }
    }
}
