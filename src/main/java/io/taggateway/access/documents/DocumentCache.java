package io.taggateway.access.documents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the documents that were used last, as clients send the same few again and again. A long document is
 * not cached, so that a few of them cannot fill the memory or evict all others.
 *
 * @param <K> by what they are known: their hashes or their texts
 * @param <T> what is kept of each
 */
final class DocumentCache<K, T> {

    /** The length up to which a document is kept. */
    static final int MAX_LENGTH = 32_768;

    /** Parsed, a document takes up to seventy bytes for each character of its text. */
    private static final int MAX_TOTAL_LENGTH = 524_288;

    /** What a short document counts for, so that there are no more than a thousand. */
    private static final int MIN_WEIGHT = 524;

    private final Cache<K, Kept<T>> documents = Caffeine.newBuilder()
            .maximumWeight(MAX_TOTAL_LENGTH)
            .<K, Kept<T>>weigher((key, kept) -> Math.max(kept.length(), MIN_WEIGHT))
            .executor(Runnable::run)
            .build();

    @Nullable
    T find(K key) {
        Kept<T> kept = documents.getIfPresent(key);
        return kept == null ? null : kept.value();
    }

    /** Keeps a document of such a length, unless it is too long. */
    void keep(K key, int length, T value) {
        if (length <= MAX_LENGTH) {
            documents.put(key, new Kept<>(length, value));
        }
    }

    private record Kept<T>(int length, T value) {}
}
