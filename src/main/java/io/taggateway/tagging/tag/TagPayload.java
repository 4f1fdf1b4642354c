package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.TagGroup;
import io.taggateway.tagging.model.UserError;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.model.WriteAction;
import io.taggateway.tagging.model.WriteStatus;
import io.taggateway.tagging.tag.TagEffect.TagState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload of all mutations that write tags or groups of tags.
 *
 * @param results in the order of the vendors, or of the tags
 * @param userErrors errors of the whole input; if a tag is created, or for a single tag, all errors that the caller can
 *     correct
 * @param group the group after the mutation; null if the mutation is not one of a group, or there is none
 */
public record TagPayload(
        List<TagResult> results,
        List<UserError> userErrors,
        @Nullable TagGroup group) {

    public static TagPayload of(List<TagResult> results) {
        return new TagPayload(results, List.of(), null);
    }

    /** A payload that repeats the user errors of its results. */
    static TagPayload withUserErrorsOf(List<TagResult> results) {
        return new TagPayload(
                results,
                results.stream().flatMap(result -> result.userErrors().stream()).toList(),
                null);
    }

    static TagPayload of(TagResult result) {
        return withUserErrorsOf(List.of(result));
    }

    public static TagPayload refused(List<UserError> errors) {
        return new TagPayload(List.of(), UserError.bounded(errors), null);
    }

    /** This payload with the slug that the caller sent instead of those of stored tags. */
    public TagPayload withSlug(String sent) {
        return new TagPayload(
                results.stream().map(result -> result.withSlug(sent)).toList(), userErrors, group);
    }

    /** The result for a single tag; null if the whole input was refused. */
    public @Nullable TagResult result() {
        return results.isEmpty() ? null : results.getFirst();
    }

    /** The tag after the write; null if there is none. */
    public @Nullable Tag tag() {
        TagResult result = result();
        return result == null || result.status() == WriteStatus.FAILED ? null : result.tag();
    }

    /** The id of the tag that was deleted; null if none was. */
    public @Nullable String deletedTagId() {
        TagResult result = result();
        Tag tag = result == null || result.status() != WriteStatus.DELETED ? null : result.tag();
        return tag == null ? null : tag.id();
    }

    /**
     * The result for one tag at one vendor.
     *
     * @param tag the tag after the write, or before its deletion; null if there is none
     * @param slug the slug of the requested tag
     * @param failure a failure that the caller cannot correct; null if nothing failed
     * @param effect what was done, or would be in a dry run; null if the write failed
     */
    public record TagResult(
            Vendor vendor,
            WriteStatus status,
            @Nullable Tag tag,
            String slug,
            List<UserError> userErrors,
            List<Warning> warnings,
            @Nullable SourceException failure,
            @Nullable TagEffect effect) {

        public static TagResult of(WriteStatus status, Tag tag, List<Warning> warnings) {
            TagEffect effect = TagEffect.of(status, tag);
            return new TagResult(tag.vendor(), status, tag, tag.slug(), List.of(), warnings, null, effect);
        }

        static TagResult updated(Tag before, Tag tag, List<Warning> warnings) {
            TagEffect effect = TagEffect.update(before, tag);
            return new TagResult(tag.vendor(), WriteStatus.UPDATED, tag, tag.slug(), List.of(), warnings, null, effect);
        }

        public static TagResult failed(Vendor vendor, String slug, UserError error) {
            return new TagResult(
                    vendor, WriteStatus.FAILED, null, slug, List.of(error.at(vendor)), List.of(), null, null);
        }

        public static TagResult failed(Vendor vendor, String slug, SourceException failure) {
            return new TagResult(vendor, WriteStatus.FAILED, null, slug, List.of(), List.of(), failure, null);
        }

        private TagResult withSlug(String sent) {
            return new TagResult(vendor, status, tag, sent, userErrors, warnings, failure, effect);
        }

        public @Nullable WriteAction action() {
            return effect == null ? null : effect.action();
        }

        public @Nullable TagState before() {
            return effect == null ? null : effect.before();
        }

        public @Nullable TagState after() {
            return effect == null ? null : effect.after();
        }
    }
}
