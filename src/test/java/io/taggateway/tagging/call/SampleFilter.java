package io.taggateway.tagging.call;

import io.taggateway.tagging.model.CallType;
import io.taggateway.tagging.tag.TagRef;
import java.time.Instant;
import java.util.List;

/** Filters of calls by one criterion. */
final class SampleFilter {

    private SampleFilter() {}

    static TagRef ref(String name) {
        return new TagRef(null, name, null);
    }

    static CallFilter any(TagRef... refs) {
        return new CallFilter(null, null, List.of(refs), null, null, null, null, null, null, null);
    }

    static CallFilter all(TagRef... refs) {
        return new CallFilter(null, null, null, List.of(refs), null, null, null, null, null, null);
    }

    static CallFilter types(CallType... types) {
        return new CallFilter(null, null, null, null, List.of(types), null, null, null, null, null);
    }

    static CallFilter between(Instant from, Instant to) {
        return new CallFilter(from, to, null, null, null, null, null, null, null, null);
    }
}
