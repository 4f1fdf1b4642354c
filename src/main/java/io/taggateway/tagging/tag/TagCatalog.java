package io.taggateway.tagging.tag;

import io.taggateway.tagging.model.SortedTags;
import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SourceOutcome;
import io.taggateway.tagging.source.SourceOutcome.SourceStatus;
import io.taggateway.tagging.source.TagSource.TagListAnswer;
import java.util.List;
import java.util.stream.Stream;

/** The tags of some vendors that could be asked, in order and by slug, with what became of each vendor. */
public record TagCatalog(SortedTags tags, List<SourceOutcome> outcomes) {

    static final TagCatalog EMPTY = new TagCatalog(SortedTags.NONE, List.of());

    static TagCatalog of(Vendor vendor, TagListAnswer answer) {
        return new TagCatalog(answer.list().sorted(), List.of(SourceOutcome.of(vendor, answer)));
    }

    /** The catalog of a vendor that gave no tags. */
    static TagCatalog without(SourceOutcome outcome) {
        return new TagCatalog(SortedTags.NONE, List.of(outcome));
    }

    /** This catalog with that of another vendor. */
    TagCatalog and(TagCatalog other) {
        return new TagCatalog(
                tags.and(other.tags),
                Stream.concat(outcomes.stream(), other.outcomes.stream()).toList());
    }

    /** The vendors that gave their tags, in their order. */
    public List<Vendor> answered() {
        return outcomes.stream()
                .filter(outcome -> outcome.fetchedAt() != null)
                .map(SourceOutcome::vendor)
                .toList();
    }

    /** Why the other vendors that were asked gave none, in their order. */
    public List<SourceException> failures() {
        return outcomes.stream()
                .filter(outcome -> outcome.status() == SourceStatus.FAILED)
                .map(SourceOutcome::failure)
                .flatMap(Stream::ofNullable)
                .toList();
    }
}
