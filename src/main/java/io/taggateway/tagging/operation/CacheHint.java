package io.taggateway.tagging.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time for which the response to an operation can be cached, which depends on the vendors' data in the response.
 */
public final class CacheHint {

    private final Set<Source> sources = new HashSet<>();
    private boolean uncached;
    private boolean restricted;
    private boolean once;
    private @Nullable Instant uncachedAt;

    /** Records the use of a cached source. */
    public synchronized void use(Source source) {
        sources.add(source);
    }

    /**
     * Records the use of data that is not cached.
     *
     * @param fetchedAt when the vendor returned it
     */
    public synchronized void useUncached(Instant fetchedAt) {
        uncached = true;
        if (uncachedAt == null || fetchedAt.isBefore(uncachedAt)) {
            uncachedAt = fetchedAt;
        }
    }

    /** Records the use of the gateway's own state, which may change at any time. */
    public synchronized void useUncached() {
        uncached = true;
    }

    /** Records that the response may contain data that requires other scopes than that of tags. */
    public synchronized void restrict() {
        restricted = true;
    }

    /** Whether every caller with the scope of tags may receive the response. */
    public synchronized boolean isPublic() {
        return !restricted && isCacheable();
    }

    /** Records that a cached source lacks an object, for which the next operation sends a vendor request again. */
    public synchronized void useOnce() {
        once = true;
    }

    /** Whether only cached sources were used. */
    public synchronized boolean isCacheable() {
        return !uncached && !sources.isEmpty();
    }

    /** Whether the same operation would return the same response now, without a vendor request. */
    public synchronized boolean isCurrent() {
        if (once || !isCacheable()) {
            return false;
        }
        for (Source source : sources) {
            if (!source.isFresh() || !source.isCurrent()) {
                return false;
            }
        }
        return true;
    }

    /** Whether all sources that were used so far are still current. */
    public synchronized boolean hasCurrentSources() {
        return sources.stream().allMatch(Source::isCurrent);
    }

    /** The earliest time at which a used source is no longer fresh; null if none was used, or if one is never fresh. */
    public synchronized @Nullable Instant freshUntil() {
        Instant first = null;
        for (Source source : sources) {
            if (uncached || !source.isFresh()) {
                return null;
            }
            first = first == null || source.freshUntil().isBefore(first) ? source.freshUntil() : first;
        }
        return first;
    }

    /** The time of the oldest source that was used; null if none was used. */
    public synchronized @Nullable Instant fetchedAt() {
        Instant oldest = uncachedAt;
        for (Source source : sources) {
            oldest = oldest == null || source.fetchedAt().isBefore(oldest) ? source.fetchedAt() : oldest;
        }
        return oldest;
    }

    /** The time after {@link #fetchedAt} for which the response is fresh; zero if it is not. */
    public synchronized Duration freshFor() {
        Instant oldest = fetchedAt();
        Instant end = freshUntil();
        return oldest == null || end == null || end.isBefore(oldest) ? Duration.ZERO : Duration.between(oldest, end);
    }

    /** Cached data of a vendor. Two sources are equal if they are the same data. */
    public interface Source {

        /** Whether the data has neither been replaced nor invalidated. */
        boolean isCurrent();

        /** The time at which the vendor returned the data. */
        Instant fetchedAt();

        /** The time until which the data is fresh; {@link #fetchedAt} if it is no longer fresh. */
        Instant freshUntil();

        private boolean isFresh() {
            return freshUntil().isAfter(fetchedAt());
        }
    }
}
