package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.Slug;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Tag;
import io.taggateway.tagging.model.UserErrorCode;
import io.taggateway.tagging.model.Warning;
import io.taggateway.tagging.source.TagList;
import io.taggateway.tagging.source.TagSource.TagChange;
import io.taggateway.tagging.source.TagSource.TagListResult;
import io.taggateway.tagging.tag.TagPayload.TagResult;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/**
 * The update of one tag to the requested values. It is repeated if another writer changes the tag meanwhile.
 *
 * @param list the list that contains the tag
 * @param before the tag in this list
 */
record TagUpdate(TagResultFactory results, TagList list, Tag before, TagChange wanted, List<Warning> warnings) {

    private static final int ATTEMPTS = 3;

    /** Whether another tag of the vendor has the new name, or the slug that the tag would newly have. */
    static boolean isTaken(TagList list, Tag tag, TagChange wanted) {
        if (wanted.name() == null) {
            return false;
        }
        String slug = Slug.of(wanted.name());
        return list.tags().stream()
                .filter(other -> !other.id().equals(tag.id()))
                .anyMatch(other -> other.name().equals(wanted.name())
                        || (other.slug().equals(slug) && !tag.slug().equals(slug)));
    }

    /** Writes the fields that differ. */
    Mono<TagResult> write(TagChange change) {
        return write(change, 1);
    }

    private Mono<TagResult> write(TagChange change, int attempt) {
        return change.name() == null
                ? send(change, attempt)
                : current()
                        .flatMap(now -> isTaken(now, before, change)
                                ? Mono.just(results.taken(before.slug()))
                                : send(change, attempt));
    }

    /** The list after earlier writes of tags with the same name. It is reloaded if another replica has changed it. */
    private Mono<TagList> current() {
        TagListResult cached = results.source().cached();
        return cached == null ? results.source().reloadList() : Mono.just(cached.list());
    }

    private Mono<TagResult> send(TagChange change, int attempt) {
        Mono<Tag> update = results.source().update(before, change);
        return update.onErrorResume(SourceException::isResponseLost, lost -> update)
                .flatMap(now -> outcome(now, change, attempt))
                .onErrorResume(
                        SourceException.class, failure -> Mono.just(results.failed(before.slug(), failure, "name")));
    }

    /**
     * Compares the tag after the write. Fields that are unchanged were refused; a name may have been stored
     * differently; any other difference comes from another writer.
     */
    private Mono<TagResult> outcome(Tag now, TagChange sent, int attempt) {
        TagChange left = results.difference(list, now, wanted);
        if (isRefused(now, sent, left)) {
            return Mono.just(results.rejected(before.slug()));
        }
        TagChange again = new TagChange(null, left.hex(), sent.description() == null ? left.description() : null);
        if (again.isEmpty()) {
            List<Warning> all = results.stored(now, sent.name(), warnings);
            return Mono.just(TagResult.updated(before, now, all));
        }
        String message = ": another writer undid each attempt of this change; try again.";
        return attempt < ATTEMPTS
                ? write(again, attempt + 1)
                : Mono.just(results.refused(before.slug(), UserErrorCode.CONFLICT, message, "input"));
    }

    private boolean isRefused(Tag now, TagChange sent, TagChange left) {
        boolean name = sent.name() != null && left.name() != null && now.name().equals(before.name());
        boolean color = sent.hex() != null && left.hex() != null && now.color().equals(before.color());
        boolean description = sent.description() != null
                && left.description() != null
                && Objects.equals(now.description(), before.description());
        return name || color || description;
    }
}
