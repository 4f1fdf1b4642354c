package io.taggateway.cluster.tags;

import io.taggateway.tagging.model.Vendor;
import io.taggateway.upstream.cache.TagListExchange.Change;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
    private final String id = UUID.randomUUID().toString();
    private final AtomicLong publications = new AtomicLong();

    /** The last publication that failed, by vendor. */
    private final Map<Vendor, Publication> unpublished = new ConcurrentHashMap<>();

    private boolean repeating;

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

    /** The last publication that failed of each vendor, which includes earlier ones. */
    Set<Publication> unpublished() {
        return Set.copyOf(unpublished.values());
    }

    /** Begins the publication of a change. */
    Publication begin(Vendor vendor) {
        long number = publications.incrementAndGet();
        return new Publication(vendor, number, id + '-' + number);
    }

    /** Records a failed publication. Returns whether a repetition is to begin, as there is none. */
    synchronized boolean publishFailed(Publication publication) {
        boolean first = !repeating;
        repeating = true;
        unpublished.merge(
                publication.vendor(),
                publication,
                (earlier, failed) -> failed.number() > earlier.number() ? failed : earlier);
        return first;
    }

    /** Ends the repetition if nothing is left to publish. Returns whether it has ended. */
    synchronized boolean endRepetition() {
        repeating = isUnpublished();
        return !repeating;
    }

    /** A change of this replica was published. Earlier changes of other replicas may not have been received yet. */
    synchronized void published(Publication publication, long generation) {
        unpublished.computeIfPresent(
                publication.vendor(), (key, failed) -> failed.number() <= publication.number() ? null : failed);
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

    /**
     * The publication of a change.
     *
     * @param number the order of the publications of this tenant by this replica
     * @param id the same for all attempts, and different from those of all other publications
     */
    record Publication(Vendor vendor, long number, String id) {}

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
