package io.taggateway.tagging.directory;

import io.taggateway.tagging.feed.ChangeFeed;
import io.taggateway.tagging.model.Tenant;
import io.taggateway.tagging.paging.CursorCodec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The directories of all tenants. Each is opened at its first use. It is closed, once it is no longer in use, after
 * {@link #close()}, when its tenant is withdrawn, or when too many are open and it is the least recently used one.
 */
public final class TenantRegistry implements AutoCloseable {

    private final Map<Tenant, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong uses = new AtomicLong();
    private final Function<Tenant, VendorDirectory> opener;
    private final int max;
    private volatile boolean closed;

    /**
     * An empty registry.
     *
     * @param max the maximum number of open directories, which is exceeded only while more are in use
     */
    public TenantRegistry(Function<Tenant, VendorDirectory> opener, int max) {
        this.opener = opener;
        this.max = max;
    }

    /** The directory of the gateway's own tenant, which stays open until the lease is closed. */
    public Lease lease() {
        return lease(Tenant.DEFAULT);
    }

    /**
     * The directory of a tenant, which stays open until the lease is closed.
     *
     * @throws UnknownTenantException if the tenant is not configured
     */
    public Lease lease(Tenant tenant) {
        while (true) {
            Entry entry = entries.computeIfAbsent(tenant, absent -> new Entry(opener.apply(absent)));
            if (entry.acquire(uses.incrementAndGet())) {
                if (closed) {
                    // If opened after the end, it is closed with this lease
                    retire(tenant, entry);
                }
                trim();
                return new Lease(entry);
            }
            entries.remove(tenant, entry);
        }
    }

    /**
     * Ends the use of a tenant's directory, as its settings are no longer those that it was opened with: its
     * subscriptions are completed, its running operations continue, and it is closed with its last lease.
     */
    public void withdraw(Tenant tenant) {
        entries.computeIfPresent(tenant, (withdrawn, entry) -> {
            entry.retire();
            return null;
        });
    }

    /** The directories that are open. */
    public List<VendorDirectory> directories() {
        return List.copyOf(open().values());
    }

    /** The directories that are open, by their tenants. */
    public Map<Tenant, VendorDirectory> open() {
        Map<Tenant, VendorDirectory> open = new HashMap<>();
        entries.forEach((tenant, entry) -> open.put(tenant, entry.directory));
        return open;
    }

    /** Closes every directory, at once or when its last lease is closed. */
    @Override
    public void close() {
        closed = true;
        entries.forEach(this::retire);
    }

    private void retire(Tenant tenant, Entry entry) {
        entry.retire();
        entries.remove(tenant, entry);
    }

    private void trim() {
        if (entries.size() > max) {
            entries.entrySet().stream()
                    .map(each -> new Use(each.getKey(), each.getValue(), each.getValue().lastUse))
                    .sorted(Comparator.comparingLong(Use::last))
                    .filter(use -> use.entry().closeIfIdle())
                    .findFirst()
                    .ifPresent(use -> entries.remove(use.tenant(), use.entry()));
        }
    }

    /** One use of a directory; closing it a second time does nothing. */
    public static final class Lease implements AutoCloseable {

        private final Entry entry;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Entry entry) {
            this.entry = entry;
        }

        /** The vendors of the tenant. */
        public VendorDirectory directory() {
            return entry.directory;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                entry.release();
            }
        }
    }

    /** When an entry was last used. The value is read once, as sorting fails if it changes meanwhile. */
    private record Use(Tenant tenant, Entry entry, long last) {}

    /** A directory and how many use it. */
    private static final class Entry {

        private final VendorDirectory directory;
        private int leases;
        private boolean retired;
        private volatile long lastUse;

        Entry(VendorDirectory directory) {
            this.directory = directory;
        }

        synchronized boolean acquire(long use) {
            if (!retired) {
                leases++;
                lastUse = use;
            }
            return !retired;
        }

        synchronized void release() {
            leases--;
            if (retired && leases == 0) {
                directory.close();
            }
        }

        synchronized boolean closeIfIdle() {
            if (leases == 0 && !retired) {
                retire();
                return true;
            }
            return false;
        }

        synchronized void retire() {
            if (!retired && leases == 0) {
                directory.close();
            } else if (!retired) {
                directory.retire();
            }
            retired = true;
        }
    }

    /**
     * The accounts of one tenant.
     *
     * @param list one account for each vendor
     * @param cursors writes cursors with a key that is derived from the tenant and its credentials
     */
    public record AccountSet(List<VendorAccount> list, CursorCodec cursors) {}

    /** Opens the accounts of one tenant. */
    public interface AccountOpener {

        /**
         * Opens one account for each vendor, including vendors that are not configured.
         *
         * @param feed where the accounts publish changes
         * @throws UnknownTenantException if the tenant is not configured; nothing is opened then
         */
        AccountSet open(Tenant tenant, ChangeFeed feed);
    }
}
