package io.taggateway.access.documents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * Caches values for the most recently used documents, as clients send the same few repeatedly. Long documents are not
 * cached, so that a few of them cannot fill the memory or evict all others.
 *
 * @param <K> the key of a document: its hash or its text
 * @param <T> the cached value
 */
final class DocumentCache<K, T> {

    /** The maximum length of a cached document. */
    static final int MAX_LENGTH = 32_768;

    /** A parsed document takes up to seventy bytes for each character of its text. */
    private static final int MAX_TOTAL_LENGTH = 524_288;

    /** The minimum weight of a document, so that at most a thousand are cached. */
    private static final int MIN_WEIGHT = 524;

    private final Cache<K, Entry<T>> documents = Caffeine.newBuilder()
            .maximumWeight(MAX_TOTAL_LENGTH)
            .<K, Entry<T>>weigher((key, kept) -> Math.max(kept.length(), MIN_WEIGHT))
            .executor(Runnable::run)
            .build();

    @Nullable
    T find(K key) {
        Entry<T> kept = documents.getIfPresent(key);
        return kept == null ? null : kept.value();
    }

    /** Caches a value for a document of this length, unless the document is too long. */
    void keep(K key, int length, T value) {
        if (length <= MAX_LENGTH) {
            documents.put(key, new Entry<>(length, value));
        }
    }

    private record Entry<T>(int length, T value) {}
}
