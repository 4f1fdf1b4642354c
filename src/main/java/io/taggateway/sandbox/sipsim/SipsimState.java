package io.taggateway.sandbox.sipsim;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that played SIPSIM stores.
 *
 * @param tags by id
 * @param calls newest first
 * @param lastTagId the highest id that any tag ever had
 */
record SipsimState(List<SipsimTagRow> tags, List<SipsimCallRow> calls, long lastTagId) {

    @Nullable
    SipsimTagRow findTag(long id) {
        return tags.stream().filter(tag -> tag.id() == id).findFirst().orElse(null);
    }

    SipsimState withNewTag(SipsimTagRow tag) {
        return new SipsimState(Stream.concat(tags.stream(), Stream.of(tag)).toList(), calls, tag.id());
    }

    SipsimState withTag(SipsimTagRow changed) {
        List<SipsimTagRow> all = tags.stream()
                .map(tag -> tag.id() == changed.id() ? changed : tag)
                .toList();
        return new SipsimState(all, calls, lastTagId);
    }

    /** Drops the tag and takes it off every call. */
    SipsimState withoutTag(long id) {
        List<SipsimTagRow> others = tags.stream().filter(tag -> tag.id() != id).toList();
        return new SipsimState(
                others, calls.stream().map(call -> call.withoutTag(id)).toList(), lastTagId);
    }

    SipsimState withCall(long number, UnaryOperator<SipsimCallRow> change) {
        List<SipsimCallRow> all = calls.stream()
                .map(call -> call.number() == number ? change.apply(call) : call)
                .toList();
        return new SipsimState(tags, all, lastTagId);
    }
}
