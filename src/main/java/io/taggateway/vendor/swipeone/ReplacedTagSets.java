package io.taggateway.vendor.swipeone;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taggateway.tagging.model.Contact;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sets of tags that this gateway has replaced within the last seconds, by contact. A read may show such a set, as
 * the vendor's reads may lag behind its writes.
 */
final class ReplacedTagSets {

    /** The longest lag that is expected; the vendor documents none. */
    private static final Duration LAG = Duration.ofSeconds(10);

    private static final int MAX_CONTACTS = 10_000;
    private static final int MAX_SETS = 16;

    private final Cache<String, List<Set<String>>> sets = Caffeine.newBuilder()
            .expireAfterWrite(LAG)
            .maximumSize(MAX_CONTACTS)
            .build();

    /**
     * Adds the set before a write that a read has shown. The set after it is the current one, even if it was replaced
     * before.
     */
    void add(Contact before, Contact after) {
        Set<String> current = keys(after);
        sets.asMap()
                .merge(
                        after.remoteId(),
                        List.of(keys(before)),
                        (earlier, latest) -> Stream.concat(latest.stream(), earlier.stream())
                                .filter(set -> !set.equals(current))
                                .distinct()
                                .limit(MAX_SETS)
                                .toList());
    }

    /** Whether a contact was read with a set that has been replaced. */
    boolean isReplaced(Contact read) {
        List<Set<String>> replaced = sets.getIfPresent(read.remoteId());
        return replaced != null && replaced.contains(keys(read));
    }

    private static Set<String> keys(Contact contact) {
        return Set.copyOf(SwipeOneMapper.keys(contact));
    }
}
