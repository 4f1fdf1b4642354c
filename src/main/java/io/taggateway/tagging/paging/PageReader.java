package io.taggateway.tagging.paging;

import io.taggateway.tagging.source.PageToken;
import io.taggateway.tagging.source.SourcePage;
import reactor.core.publisher.Mono;

/** Reads one page of one vendor's list; a failure is a {@code SourceException}. */
@FunctionalInterface
public interface PageReader<T> {

    /** The page that begins at a token, with about as many items as the limit says. */
    Mono<SourcePage<T>> read(PageToken page, int limit);
}
