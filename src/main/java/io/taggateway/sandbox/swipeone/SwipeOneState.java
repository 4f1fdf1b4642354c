package io.taggateway.sandbox.swipeone;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that played Swipe One stores.
 *
 * @param lastId how many ids were given so far
 */
record SwipeOneState(List<SwipeOneTagRow> tags, List<SwipeOneContactRow> contacts, int lastId) {

    static String id(int number) {
        return "6682840d9286aa59ee%06x".formatted(number);
    }

    String nextId() {
        return id(lastId + 1);
    }

    @Nullable
    SwipeOneTagRow findTag(String id) {
        return tags.stream().filter(tag -> tag.id().equals(id)).findFirst().orElse(null);
    }

    @Nullable
    SwipeOneTagRow findTagByName(String name) {
        return tags.stream().filter(tag -> tag.name().equals(name)).findFirst().orElse(null);
    }

    @Nullable
    SwipeOneTagRow findTagByLabel(String label) {
        return tags.stream()
                .filter(tag -> tag.label().equals(label))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    SwipeOneContactRow findContact(String id) {
        return contacts.stream()
                .filter(contact -> contact.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    SwipeOneState withNewTag(SwipeOneTagRow tag) {
        return new SwipeOneState(Stream.concat(tags.stream(), Stream.of(tag)).toList(), contacts, lastId + 1);
    }

    SwipeOneState withTag(SwipeOneTagRow changed) {
        List<SwipeOneTagRow> all = tags.stream()
                .map(tag -> tag.id().equals(changed.id()) ? changed : tag)
                .toList();
        return new SwipeOneState(all, contacts, lastId);
    }

    SwipeOneState withNewContact(SwipeOneContactRow contact) {
        return new SwipeOneState(
                tags, Stream.concat(contacts.stream(), Stream.of(contact)).toList(), lastId + 1);
    }

    SwipeOneState withContact(SwipeOneContactRow changed) {
        List<SwipeOneContactRow> all = contacts.stream()
                .map(contact -> contact.id().equals(changed.id()) ? changed : contact)
                .toList();
        return new SwipeOneState(tags, all, lastId);
    }
}
