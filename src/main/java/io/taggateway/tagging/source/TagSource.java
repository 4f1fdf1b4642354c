package io.taggateway.tagging.source;

import io.taggateway.tagging.model.Color;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tags of one vendor. Every failed request is a {@code SourceException}. */
public interface TagSource {

    /** Invalidates the cached list, so that the next read loads it. Has no effect without a cache. */
    default void invalidate() {}

    Vendor vendor();

    /**
     * All tags of all pages, in no particular order and without duplicates; never only a part of the tags. Safe to
     * repeat.
     */
    Mono<TagList> list();

    /** All tags, with the reason if they are older than their time to live. Safe to repeat. */
    default Mono<TagListResult> result() {
        return list().map(TagListResult::fresh);
    }

    /** All tags, loaded from the vendor even if a list is cached. Safe to repeat. */
    default Mono<TagList> reloadList() {
        return list();
    }

    /**
     * Loads the list that another replica has stored, if it is later than the cached one. No request is sent to the
     * vendor.
     */
    default Mono<Void> loadStored() {
        return Mono.empty();
    }

    /**
     * All tags, to find some of them by the vendor's ids. If the cached list lacks one of them, it is reloaded, at most
     * once. If that fails, the result has the reason why it is stale. Safe to repeat.
     */
    default Mono<TagListResult> listFor(Collection<String> remoteIds) {
        return result();
    }

    /**
     * Returns the given ids that the vendor no longer has: those that are neither in the cached list nor in a list that
     * is read for them. Returns none if no list is cached or can be read.
     */
    default Mono<Set<String>> absent(Collection<String> remoteIds) {
        if (remoteIds.isEmpty() || cached() == null) {
            return Mono.just(Set.of());
        }
        return listFor(remoteIds)
                .filter(result -> result.staleBecause() == null && result.list().isComplete())
                .map(result -> remoteIds.stream()
                        .filter(id -> result.list().find(id) == null)
                        .collect(Collectors.toSet()))
                .onErrorResume(SourceException.class, failure -> Mono.empty())
                .defaultIfEmpty(Set.of());
    }

    /** One tag by the vendor's id; empty if there is none. Safe to repeat. */
    Mono<Tag> find(String remoteId);

    /**
     * Creates a tag. Not safe to repeat: after a lost response, the list shows whether the tag exists.
     *
     * @return the created tag as the vendor stored it; fails with reason {@code CONFLICT} if the name is taken
     */
    Mono<Tag> create(TagDraft draft);

    /**
     * Changes a tag. Safe to repeat.
     *
     * @param tag the tag before the change
     * @return the changed tag as the vendor stored it
     */
    Mono<Tag> update(Tag tag, TagChange change);

    /** Deletes a tag. Succeeds if the tag does not exist. Safe to repeat. */
    Mono<Void> delete(Tag tag);

    /** Serializes work on the tags of a slug or an id: it begins when all earlier work with the same key has ended. */
    default <T> Mono<T> exclusively(String key, Mono<T> work) {
        return work;
    }

    /** The color that the vendor stores for a written one, which is {@code #RRGGBB}. */
    Color storedColor(String hex);

    /**
     * The cached list, without a request to the vendor; null if there is none, or if another replica has changed it.
     */
    default @Nullable TagListResult cached() {
        return null;
    }

    /**
     * A tag list as it is returned to a caller.
     *
     * @param staleBecause why it is older than its time to live; null if it is not
     */
    record TagListResult(TagList list, @Nullable SourceException staleBecause) {

        /** A list within its time to live. */
        public static TagListResult fresh(TagList list) {
            return new TagListResult(list, null);
        }
    }

    /**
     * A tag to be created.
     *
     * @param name without spaces at its ends, not blank
     * @param hex the color as {@code #RRGGBB}; null for the vendor's default
     * @param description null for none; a vendor without descriptions ignores it
     */
    record TagDraft(
            String name, @Nullable String hex, @Nullable String description) {}

    /**
     * A requested change of a tag.
     *
     * @param name null for no change
     * @param hex the color as {@code #RRGGBB}; null for no change
     * @param description empty to clear it, null for no change
     */
    record TagChange(
            @Nullable String name,
            @Nullable String hex,
            @Nullable String description) {

        /** Whether no field changes. */
        public boolean isEmpty() {
            return name == null && hex == null && description == null;
        }

        /**
         * Whether a tag that was read afterwards shows the change, although the vendor may have stored another text.
         */
        public boolean isVisible(Tag before, Tag after) {
            return isVisible(name, before.name(), after.name())
                    && isVisible(hex, before.color().hex(), after.color().hex())
                    && isVisible(description, text(before.description()), text(after.description()));
        }

        private static boolean isVisible(@Nullable String wanted, String before, String after) {
            return wanted == null || wanted.equalsIgnoreCase(after) || !before.equals(after);
        }

        private static String text(@Nullable String description) {
            return description == null ? "" : description;
        }
    }
}
