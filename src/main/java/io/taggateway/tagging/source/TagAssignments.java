package io.taggateway.tagging.source;

import io.taggateway.tagging.model.NodeType;
import io.taggateway.tagging.model.Taggable;
import io.taggateway.tagging.model.Vendor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tags on the calls or contacts of one vendor. Every failure to read is a {@code SourceException}. */
public interface TagAssignments {

    Vendor vendor();

    /** What the tags are on. */
    NodeType subjectType();

    /**
     * Changes the tags of one subject, out of a read made for this change; only what is different is written, and tags
     * that the change does not name are left alone, whoever put them there. A failure to write is in the answer, with
     * what was done until then. Safe to repeat.
     *
     * @param justRead the subject as a listing gave it a moment ago, which spares a vendor that can do with it a read
     * @param dryRun whether to write nothing
     * @return empty where there is no such subject
     */
    Mono<Assignment> change(String remoteId, @Nullable Taggable justRead, TagSetChange change, boolean dryRun);
}
