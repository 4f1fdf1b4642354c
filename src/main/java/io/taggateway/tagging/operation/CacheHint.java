package io.taggateway.tagging.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long the response to an operation can be cached. This depends on the vendors' data in it. */
public final class CacheHint {

    private final Set<Source> sources = new HashSet<>();
    private boolean uncached;
    private boolean restricted;
    private boolean once;
    private @Nullable Instant uncachedAt;

    /** Something that is held for many operations is used. */
    public synchronized void use(Source source) {
        sources.add(source);
    }

    /** Something is used that a vendor gave at a time and that every operation has to ask for itself. */
    public synchronized void useUncached(Instant fetchedAt) {
        uncached = true;
        if (uncachedAt == null || fetchedAt.isBefore(uncachedAt)) {
            uncachedAt = fetchedAt;
        }
    }

    /** Something of the gateway's own is used that may be different at any moment. */
    public synchronized void useUncached() {
        uncached = true;
    }

    /** Something may be used that callers need more scopes for than for tags. */
    public synchronized void restrict() {
        restricted = true;
    }

    /** Whether every caller that may read tags may have the answer. */
    public synchronized boolean isPublic() {
        return !restricted && isCacheable();
    }

    /** Something is missing in what is held that the next operation asks a vendor for again. */
    public synchronized void useOnce() {
        once = true;
    }

    /** Whether nothing else was used than what is held for many operations. */
    public synchronized boolean isCacheable() {
        return !uncached && !sources.isEmpty();
    }

    /** Whether the same operation would have the same response now, without a request to a vendor. */
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

    /** Whether nothing has taken the place of anything that was used so far. */
    public synchronized boolean hasCurrentSources() {
        return sources.stream().allMatch(Source::isCurrent);
    }

    /** When the first of what was used stops being fresh; null if nothing was, or something never is. */
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

    /** When the vendor gave the oldest of what was used; null if nothing was used. */
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

    /** Something of a vendor's that is held for many operations; equal where it is the same. */
    public interface Source {

        /** Whether nothing has taken its place. */
        boolean isCurrent();

        /** When the vendor gave it. */
        Instant fetchedAt();

        /** The end of its freshness; {@link #fetchedAt} if it is no longer fresh. */
        Instant freshUntil();

        private boolean isFresh() {
            return freshUntil().isAfter(fetchedAt());
        }
    }
}
