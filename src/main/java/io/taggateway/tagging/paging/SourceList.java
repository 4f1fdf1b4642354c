package io.taggateway.tagging.paging;

import io.taggateway.tagging.model.SourceException;
import io.taggateway.tagging.model.Vendor;
import io.taggateway.tagging.source.SourcePage;
import io.taggateway.tagging.source.SourcePage.PageToken;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One vendor's list, which is read page by page.
 *
 * @param maxPageSize the maximum size of a page
 * @param id the id of an item, which is unique in the list
 * @param filter the condition that the gateway applies to items; null for none
 */
public record SourceList<T>(
        Vendor vendor,
        PageReader<T> reader,
        int maxPageSize,
        Function<T, String> id,
        @Nullable Predicate<T> filter) {

    /** Reads one page of one vendor's list; a failure is a {@code SourceException}. */
    @FunctionalInterface
    public interface PageReader<T> {

        /** The page that begins at a token, with approximately {@code limit} items. */
        Mono<SourcePage<T>> read(PageToken page, int limit);
    }

    /** A list that is known to be empty, for which no request is sent. */
    public static <T> SourceList<T> empty(Vendor vendor, Instant now) {
        SourcePage<T> page = new SourcePage<>(List.of(), null, null, 0, now);
        return new SourceList<>(vendor, (token, limit) -> Mono.just(page), 1, Object::toString, null);
    }

    /** A list that cannot be read, as data on which it depends could not be read. */
    public static <T> SourceList<T> failed(Vendor vendor, SourceException failure) {
        return new SourceList<>(vendor, (token, limit) -> Mono.error(failure), 1, Object::toString, null);
    }

    boolean keeps(T item) {
        return filter == null || filter.test(item);
    }
}
