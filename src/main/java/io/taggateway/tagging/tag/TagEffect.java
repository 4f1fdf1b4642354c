package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.WriteAction;
import io.taggateway.tagging.model.WriteStatus;
import org.jspecify.annotations.Nullable;

/**
 * The effect of a write on one tag; in a dry run, the effect that it would have.
 *
 * @param before the tag before the write; null if there was none
 * @param after the tag after the write; null if it is deleted
 */
public record TagEffect(
        WriteAction action,
        @Nullable TagState before,
        @Nullable TagState after) {

    /** The effect of a write with a status other than {@code UPDATED}; null if it failed. */
    static @Nullable TagEffect of(WriteStatus status, Tag tag) {
        TagState state = TagState.of(tag);
        return switch (status) {
            case CREATED -> new TagEffect(WriteAction.CREATE, null, state);
            case REUSED -> new TagEffect(WriteAction.REUSE, state, state);
            case UNCHANGED -> new TagEffect(WriteAction.NONE, state, state);
            case DELETED -> new TagEffect(WriteAction.DELETE, state, null);
            case UPDATED, PLANNED, FAILED -> null;
        };
    }

    static TagEffect update(Tag before, Tag after) {
        return new TagEffect(WriteAction.UPDATE, TagState.of(before), TagState.of(after));
    }

    /** The fields of a tag that a write can change. A planned tag has no id yet. */
    public record TagState(
            String name, Color color, @Nullable String description) {

        static TagState of(Tag tag) {
            return new TagState(tag.name(), tag.color(), tag.description());
        }

        public String slug() {
            return Slug.of(name);
        }
    }
}
