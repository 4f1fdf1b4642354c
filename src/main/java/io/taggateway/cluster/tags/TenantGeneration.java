package io.taggateway.cluster.tags;

import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.cache.TagListExchange.Change;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tag lists of a tenant in this replica, and the number of the last change that this replica has received or made.
 */
final class TenantGeneration {

    private static final int MAX_INCLUDED = 1_000;

    /** The age of a list does not include its transfer from Redis. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    private final AtomicLong known = new AtomicLong();
    private final AtomicLong own = new AtomicLong();
    private final Set<Entry> lists = ConcurrentHashMap.newKeySet();
    private final Set<String> included = ConcurrentHashMap.newKeySet();
    private final AtomicLong publications = new AtomicLong();

    /** The last publication that failed, by vendor. */
    private final Map<Vendor, Long> unpublished = new ConcurrentHashMap<>();

    void add(Entry list) {
        if (isUnpublished()) {
            list.changed();
        }
        lists.add(list);
    }

    TenantGeneration without(Entry list) {
        lists.remove(list);
        return this;
    }

    /** This object; null if it has neither a list nor a change to publish. */
    @Nullable
    TenantGeneration ifUsed() {
        return lists.isEmpty() && unpublished.isEmpty() ? null : this;
    }

    boolean knows(long generation) {
        return generation <= known.get();
    }

    /** The number of the last change that was received or made. */
    long last() {
        return Math.max(known.get(), own.get());
    }

    /** Whether a change of this replica has not been published. */
    boolean isUnpublished() {
        return !unpublished.isEmpty();
    }

    /** The vendors whose lists have changes that have not been published. */
    Set<Vendor> unpublished() {
        return Set.copyOf(unpublished.keySet());
    }

    /** Begins a publication, and returns its number. */
    long begin() {
        return publications.incrementAndGet();
    }

    /** Records a failed publication. Returns whether it is the only one to repeat. */
    synchronized boolean publishFailed(Vendor vendor, long publication) {
        boolean first = unpublished.isEmpty();
        unpublished.merge(vendor, publication, Math::max);
        return first;
    }

    /** A change of this replica was published. Earlier changes of other replicas may not have been received yet. */
    synchronized void published(Vendor vendor, long publication, long generation) {
        unpublished.computeIfPresent(vendor, (key, failed) -> failed <= publication ? null : failed);
        own.accumulateAndGet(generation, Math::max);
        known.compareAndSet(generation - 1, generation);
    }

    /** A replica has changed a list; its own need no invalidation. */
    void receive(ChangeMessage message, boolean own) {
        if (!own) {
            lists.stream()
                    .filter(list -> list.vendor == message.vendor())
                    .forEach(list -> list.invalidation.accept(message.change()));
        }
        advance(message.generation());
    }

    void advance(long generation) {
        known.accumulateAndGet(generation, Math::max);
    }

    /** Invalidates all lists, as messages may have been missed; a list that was stored before is not used. */
    void invalidateAll() {
        lists.forEach(list -> {
            list.changed();
            list.invalidation.accept(Change.UNKNOWN);
        });
    }

    /** Invalidates all lists when messages begin to be received. */
    void listen() {
        lists.forEach(list -> list.invalidation.accept(Change.UNKNOWN));
    }

    /** Invalidates all lists for the first read with the token of a write that was not published. */
    void includeUnpublished(String token) {
        if (included.contains(token)) {
            return;
        }
        invalidateAll();
        if (included.size() >= MAX_INCLUDED) {
            included.clear();
        }
        included.add(token);
    }

    /** A list, compared by identity as an account may be open twice for a while. */
    static final class Entry {

        private final Vendor vendor;
        private final Consumer<Change> invalidation;
        private volatile @Nullable Long changedAt;

        Entry(Vendor vendor, Consumer<Change> invalidation) {
            this.vendor = vendor;
            this.invalidation = invalidation;
        }

        Vendor vendor() {
            return vendor;
        }

        /** Records that this replica has changed the list, or that others may have changed it. */
        void changed() {
            changedAt = System.nanoTime();
        }

        /** Whether a list with an age may lack a change that this replica has made or received. */
        boolean mayPrecedeChange(Duration age) {
            Long changed = changedAt;
            return changed != null
                    && System.nanoTime() - changed <= age.plus(ON_ITS_WAY).toNanos();
        }
    }
}
