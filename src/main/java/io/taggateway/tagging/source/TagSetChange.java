package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Tag;
import java.util.List;

/**
 * What is to become different about the tags of a call or contact, all of its own vendor.
 *
 * @param add to be on it
 * @param remove not to be on it
 * @param exact whether everything but {@code add} is to be removed
 */
public record TagSetChange(List<Tag> add, List<Tag> remove, boolean exact) {

    public static TagSetChange add(List<Tag> tags) {
        return new TagSetChange(tags, List.of(), false);
    }

    public static TagSetChange remove(List<Tag> tags) {
        return new TagSetChange(List.of(), tags, false);
    }

    public static TagSetChange exactly(List<Tag> tags) {
        return new TagSetChange(tags, List.of(), true);
    }
}
