package io.taggateway.vendor.swipeone;

import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.source.TagList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What contacts call their tags: the frozen name, and as it has been seen elsewhere perhaps the label. */
final class TagKeys {

    private final Map<String, Tag> byKey = new HashMap<>();

    TagKeys(TagList list) {
        list.tags().forEach(tag -> byKey.putIfAbsent(tag.remoteId(), tag));
        list.tags().forEach(tag -> byKey.putIfAbsent(tag.name(), tag));
        list.tags().forEach(tag -> byKey.put(key(tag), tag));
    }

    /** The tag that a contact's text stands for; null where the list does not know it. */
    @Nullable
    Tag tag(String text) {
        return byKey.get(text);
    }

    /** What to send for a tag. */
    static String key(Tag tag) {
        return Objects.requireNonNullElse(tag.remoteKey(), tag.name());
    }
}
