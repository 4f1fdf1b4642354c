package io.taggateway.tagging.source;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.Vendor;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tags of one vendor. Every failure to ask is a {@code SourceException}. */
public interface TagSource {

    /** Drops the list that is cached, so that the next reader has it loaded. Without a cache, it does nothing. */
    default void invalidate() {}

    Vendor vendor();

    /**
     * All tags, however many pages the vendor needs for them, in no particular order and without doubles; never a part
     * of them. Safe to repeat.
     */
    Mono<TagList> list();

    /** All tags, with the reason where they are older than their time to live. Safe to repeat. */
    default Mono<TagListResult> result() {
        return list().map(TagListResult::fresh);
    }

    /** All tags as the vendor has them now, whatever is cached. Safe to repeat. */
    default Mono<TagList> listAfresh() {
        return list();
    }

    /**
     * All tags, to find some of them by the vendor's ids. If the cached list lacks one of them, it is reloaded, at most
     * once. If that fails, the answer has the reason why it is stale. Safe to repeat.
     */
    default Mono<TagListResult> listFor(Collection<String> remoteIds) {
        return result();
    }

    /**
     * Of some ids those that the vendor does not have any more: neither in the cached list nor in one that is read for
     * them. None where no list is cached, or none can be read.
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
     * @return the tag as the vendor has it; reason {@code CONFLICT} if the name is taken
     */
    Mono<Tag> create(TagDraft draft);

    /**
     * Changes a tag. Safe to repeat.
     *
     * @param tag as it is before
     * @return the tag as the vendor has it afterwards
     */
    Mono<Tag> update(Tag tag, TagChange change);

    /** Deletes a tag; one that is not there counts as deleted. Safe to repeat. */
    Mono<Void> delete(Tag tag);

    /** Work on the tags of a slug or an id, which begins when all earlier work under the same key has ended. */
    default <T> Mono<T> exclusively(String key, Mono<T> work) {
        return work;
    }

    /** The color, {@code #RRGGBB}, that the vendor shows for one that is written. */
    String storedColor(String hex);

    /** The cached list, without a request to the vendor; null if there is none. */
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
     * @param description null for none; a vendor without descriptions leaves it out
     */
    record TagDraft(
            String name, @Nullable String hex, @Nullable String description) {}

    /**
     * What is to become different about a tag.
     *
     * @param name null to leave it as it is
     * @param hex the color as {@code #RRGGBB}; null to leave it as it is
     * @param description empty to clear it, null to leave it as it is
     */
    record TagChange(
            @Nullable String name,
            @Nullable String hex,
            @Nullable String description) {

        /** Whether nothing is to become different. */
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
